package io.qilin.api.record;

import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One thing that a source says about the market. A record is a value: it refuses to exist when it is wrong.
 *
 * <p>Two moments belong to it. {@link #eventTime} is when it happened, or the close of the day that it describes; {@link
 * #asOf} is when it became public. A decision at a moment {@code t} may read only records with {@code asOf ≤ t}; sources
 * enforce that, see {@link io.qilin.api.source.RecordQuery}.
 *
 * <p>Units: prices in yuan per share as traded, volumes in shares, amounts in yuan, ratios as fractions. A {@code double}
 * that is not known is {@code NaN}.
 */
public sealed interface MarketRecord
    permits Tick,
        MinuteBar,
        BookSnapshot,
        SealTick,
        AuctionTick,
        StatusNotice,
        MoneyFlowDaily,
        LhbSeatRow,
        ThemeMembership,
        FundamentalSnapshot,
        NewsItem,
        SocialPost,
        MarketBreadth,
        CorporateActionNotice {
  /** The one instrument that it is about; empty for what concerns several or the whole market. */
  Optional<Symbol> symbol();

  /** All instruments that it is about; empty for what concerns the whole market. */
  default List<Symbol> symbols() {
    return symbol().map(List::of).orElse(List.of());
  }

  /** When it happened. */
  Instant eventTime();

  /** When it became public; not before {@link #eventTime} for what is observed, before it for what is announced. */
  Instant asOf();

  /** Who says so. */
  Provenance source();
}

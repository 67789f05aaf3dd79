package io.qilin.api.record;

import io.qilin.api.market.Symbol;
import java.time.Instant;
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
public sealed interface MarketRecord permits Tick {
  /** The instrument that it is about; empty for what concerns the whole market. */
  Optional<Symbol> symbol();

  /** When it happened. */
  Instant eventTime();

  /** When it became public; not before {@link #eventTime} for what is observed, before it for what is announced. */
  Instant asOf();

  /** Who says so. */
  Provenance source();
}

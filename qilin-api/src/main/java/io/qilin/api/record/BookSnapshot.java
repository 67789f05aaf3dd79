package io.qilin.api.record;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The order book of one instrument at one moment (盘口快照), as a source shows it: usually 5 or 10 levels a side. A side
 * without orders is an empty list; at a sealed limit-up there are no asks.
 *
 * @param of the instrument
 * @param eventTime when it looked so, by the exchange's clock
 * @param asOf when it became public, not before
 * @param source who says so
 * @param bids buyers, best price first, descending; at most 10
 * @param asks sellers, best price first, ascending; at most 10
 */
public record BookSnapshot(
    Symbol of,
    Instant eventTime,
    Instant asOf,
    Provenance source,
    List<BookLevel> bids,
    List<BookLevel> asks)
    implements MarketRecord {
  private static final int MOST_LEVELS = 10;

  /**
   * Copies the lists and checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for more than 10 levels, prices out of order, a best bid above the best ask
   *     (they may be equal during a call auction), or an asOf before the event
   */
  public BookSnapshot {
    Objects.requireNonNull(of, "of");
    Objects.requireNonNull(eventTime, "eventTime");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(source, "source");
    bids = List.copyOf(bids);
    asks = List.copyOf(asks);
    RecordChecks checks = RecordChecks.of("an order book", of);
    if (bids.size() > MOST_LEVELS || asks.size() > MOST_LEVELS) {
      throw checks.wrong("a side has at most " + MOST_LEVELS + " levels, there are " + bids.size()
          + " bids and " + asks.size() + " asks");
    }
    for (int i = 1; i < bids.size(); i++) {
      if (bids.get(i).price() >= bids.get(i - 1).price()) {
        throw checks.wrong("bids descend from the best, bid " + (i + 1) + " does not");
      }
    }
    for (int i = 1; i < asks.size(); i++) {
      if (asks.get(i).price() <= asks.get(i - 1).price()) {
        throw checks.wrong("asks ascend from the best, ask " + (i + 1) + " does not");
      }
    }
    if (!bids.isEmpty() && !asks.isEmpty() && bids.get(0).price() > asks.get(0).price()) {
      throw checks.wrong("the best bid " + bids.get(0).price() + " is above the best ask "
          + asks.get(0).price());
    }
    checks.publicAfter(eventTime, asOf);
  }

  @Override
  public Optional<Symbol> symbol() {
    return Optional.of(of);
  }
}

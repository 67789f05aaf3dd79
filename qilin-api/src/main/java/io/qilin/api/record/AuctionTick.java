package io.qilin.api.record;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.trading.Side;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a call auction (集合竞价) would give if it ended now. The queue of orders is not public then, only this.
 *
 * @param of the instrument
 * @param eventTime when it stood so
 * @param asOf when it became public, not before
 * @param source who says so
 * @param indicativePrice the virtual price of the match (虚拟匹配价) in yuan; {@code NaN} while nothing matches
 * @param matchedVolume shares that would be traded, not negative
 * @param unmatchedVolume shares that would be left over at that price, not negative
 * @param unmatchedSide the side that is left over; empty if and only if nothing is
 */
public record AuctionTick(
    Symbol of,
    Instant eventTime,
    Instant asOf,
    Provenance source,
    double indicativePrice,
    double matchedVolume,
    double unmatchedVolume,
    Optional<Side> unmatchedSide)
    implements MarketRecord {
  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for a price that is not positive, a negative volume, a match without a price,
   *     a rest without a side or a side without a rest, or an asOf before the event
   */
  public AuctionTick {
    Objects.requireNonNull(of, "of");
    Objects.requireNonNull(eventTime, "eventTime");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(unmatchedSide, "unmatchedSide");
    RecordChecks checks = RecordChecks.of("an auction tick", of);
    checks.price("indicativePrice", indicativePrice, true);
    checks.shares("matchedVolume", matchedVolume);
    checks.shares("unmatchedVolume", unmatchedVolume);
    if (matchedVolume > 0 && Double.isNaN(indicativePrice)) {
      throw checks.wrong(matchedVolume + " shares are matched without an indicativePrice");
    }
    if (unmatchedVolume > 0 != unmatchedSide.isPresent()) {
      throw checks.wrong("unmatchedSide says which side the unmatchedVolume of " + unmatchedVolume
          + " is on, and is left out if it is 0");
    }
    checks.publicAfter(eventTime, asOf);
  }

  @Override
  public Optional<Symbol> symbol() {
    return Optional.of(of);
  }
}

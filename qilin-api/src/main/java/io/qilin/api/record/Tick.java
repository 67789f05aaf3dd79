package io.qilin.api.record;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One trade, or one snapshot of what was traded since the last.
 *
 * @param of the instrument
 * @param eventTime when it was traded, by the exchange's clock
 * @param asOf when it became public
 * @param source who says so
 * @param sequence the sender's running number for this instrument, ascending by one; −1 if it sends none
 * @param price yuan per share, positive
 * @param volume shares, not negative
 * @param amount yuan, not negative; {@code NaN} if not known
 * @param phase the part of the session
 */
public record Tick(
    Symbol of,
    Instant eventTime,
    Instant asOf,
    Provenance source,
    long sequence,
    double price,
    double volume,
    double amount,
    TradingPhase phase)
    implements MarketRecord {
  /** No sequence number. */
  public static final long NO_SEQUENCE = -1;

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for a price that is not positive and finite, a volume that is negative or not
   *     finite, a negative or infinite amount, a sequence below −1, or an asOf before the event
   */
  public Tick {
    Objects.requireNonNull(of, "of");
    Objects.requireNonNull(eventTime, "eventTime");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(phase, "phase");
    if (!(price > 0 && price < Double.POSITIVE_INFINITY)) {
      throw QilinException.invalid(
          "the price of a tick of " + of + " is a positive number of yuan, was " + price);
    }
    if (!(volume >= 0 && volume < Double.POSITIVE_INFINITY)) {
      throw QilinException.invalid(
          "the volume of a tick of " + of + " is a number of shares, was " + volume);
    }
    if (amount < 0 || amount == Double.POSITIVE_INFINITY) {
      throw QilinException.invalid(
          "the amount of a tick of " + of + " is a number of yuan, was " + amount);
    }
    if (sequence < NO_SEQUENCE) {
      throw QilinException.invalid(
          "the sequence number of a tick of " + of + " is not negative, was " + sequence);
    }
    if (asOf.isBefore(eventTime)) {
      throw QilinException.invalid(
          "a tick of " + of + " of " + eventTime + " cannot be public before, at " + asOf);
    }
  }

  @Override
  public Optional<Symbol> symbol() {
    return Optional.of(of);
  }
}

package io.qilin.agents.analyst;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What the order book told about one share on one day on which it was sealed at limit-up (涨停):
 * facts that daily bars do not hold. Every part may be missing.
 *
 * @param symbol the share
 * @param day the trading day
 * @param asOf the day on which the facts became public, not before {@code day}; they are not read
 *     earlier
 * @param firstSeal first moment with the best bid at limit-up and nothing on offer, Asia/Shanghai
 * @param sealAmount orders waiting at limit-up at the close (封单额) in yuan
 * @param breaks how often the seal broke (炸板次数)
 * @param trend slope of the natural logarithm of the seal amount since the last seal, per minute;
 *     see {@link SealTrend}
 * @param flow rank of the money flow in [0, 1], as the caller's data defines it
 * @param continuation calibrated probability in [0, 1] that the share is sealed on the next day
 *     too; measured on another period than it was fitted on
 */
public record SealFacts(
    Symbol symbol,
    LocalDate day,
    LocalDate asOf,
    Optional<LocalTime> firstSeal,
    OptionalDouble sealAmount,
    OptionalInt breaks,
    OptionalDouble trend,
    OptionalDouble flow,
    OptionalDouble continuation) {
  private static final LocalTime AUCTION = LocalTime.of(9, 15);
  private static final LocalTime CLOSE = LocalTime.of(15, 0);

  /**
   * Checks the ranges.
   *
   * @throws QilinException INVALID_ARGUMENT if a number is not finite or out of range, the time is
   *     outside 09:15 to 15:00, or the facts were public before their day
   */
  public SealFacts {
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(day, "day");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(firstSeal, "firstSeal");
    if (asOf.isBefore(day)) {
      throw refused(symbol, day, "became public on " + asOf + ", before their day");
    }
    if (firstSeal.isPresent()
        && (firstSeal.get().isBefore(AUCTION) || firstSeal.get().isAfter(CLOSE))) {
      throw refused(
          symbol, day, "have a first seal at " + firstSeal.get() + ", outside 09:15 to 15:00");
    }
    if (breaks.isPresent() && breaks.getAsInt() < 0) {
      throw refused(symbol, day, "count " + breaks.getAsInt() + " breaks");
    }
    check(symbol, day, "seal amount", sealAmount, 0, Double.MAX_VALUE);
    check(symbol, day, "trend", trend, -Double.MAX_VALUE, Double.MAX_VALUE);
    check(symbol, day, "flow", flow, 0, 1);
    check(symbol, day, "continuation", continuation, 0, 1);
  }

  private static void check(
      Symbol symbol, LocalDate day, String name, OptionalDouble value, double low, double high) {
    if (value.isPresent() && !(value.getAsDouble() >= low && value.getAsDouble() <= high)) {
      throw refused(symbol, day, "have a " + name + " of " + value.getAsDouble());
    }
  }

  private static QilinException refused(Symbol symbol, LocalDate day, String what) {
    return QilinException.invalid("the seal facts of " + symbol + " on " + day + " " + what);
  }

  /** Starts with nothing known but the day; public on that day. */
  public static Builder builder(Symbol symbol, LocalDate day) {
    return new Builder(symbol, day);
  }

  /** Collects the facts of one share on one day. Not thread-safe. */
  public static final class Builder {
    private final Symbol symbol;
    private final LocalDate day;
    private LocalDate asOf;
    private Optional<LocalTime> firstSeal = Optional.empty();
    private OptionalDouble sealAmount = OptionalDouble.empty();
    private OptionalInt breaks = OptionalInt.empty();
    private OptionalDouble trend = OptionalDouble.empty();
    private OptionalDouble flow = OptionalDouble.empty();
    private OptionalDouble continuation = OptionalDouble.empty();

    private Builder(Symbol symbol, LocalDate day) {
      this.symbol = symbol;
      this.day = day;
      this.asOf = day;
    }

    /** The day on which the facts became public; their own day unless set. */
    public Builder asOf(LocalDate published) {
      asOf = published;
      return this;
    }

    /** First moment of the seal; not known unless set. */
    public Builder firstSeal(LocalTime time) {
      firstSeal = Optional.of(time);
      return this;
    }

    /** Orders waiting at limit-up at the close in yuan; not known unless set. */
    public Builder sealAmount(double yuan) {
      sealAmount = OptionalDouble.of(yuan);
      return this;
    }

    /** How often the seal broke; not known unless set. */
    public Builder breaks(int count) {
      breaks = OptionalInt.of(count);
      return this;
    }

    /** Slope of the log of the seal amount per minute; not known unless set. */
    public Builder trend(double slopePerMinute) {
      trend = OptionalDouble.of(slopePerMinute);
      return this;
    }

    /** Rank of the money flow in [0, 1]; not known unless set. */
    public Builder flow(double rank) {
      flow = OptionalDouble.of(rank);
      return this;
    }

    /** Calibrated probability of a seal on the next day; not known unless set. */
    public Builder continuation(double probability) {
      continuation = OptionalDouble.of(probability);
      return this;
    }

    /**
     * The facts.
     *
     * @throws QilinException INVALID_ARGUMENT if one is out of range
     */
    public SealFacts build() {
      return new SealFacts(
          symbol, day, asOf, firstSeal, sealAmount, breaks, trend, flow, continuation);
    }
  }
}

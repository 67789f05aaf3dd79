package io.qilin.core.rules;

import java.util.Objects;
import java.util.Optional;

/**
 * How one share stood to its price limits on one day, from its daily bar. Prices equal a limit
 * exactly or not at all; there is no tolerance. Every question is answered with false where there
 * is no limit, no trade or no knowledge.
 *
 * @param status what can be said
 * @param limits the day's limits; empty if there are none or they are not known
 * @param referencePrice the exchange's reference price in raw yuan; {@code NaN} if not known
 * @param referenceAssumed whether the reference price is the previous close for want of the
 *     exchange's own, and thus wrong on an ex-date
 * @param open first price in raw yuan, {@code NaN} if not known
 * @param high highest price
 * @param low lowest price
 * @param close last price
 * @param streak consecutive sealed days up to this one (连板数), counted over the days on which the
 *     share traded: 0 if this day is not sealed; on a day of suspension the streak in which it was
 *     suspended
 */
public record LimitUpFact(
    LimitStatus status,
    Optional<PriceLimits> limits,
    double referencePrice,
    boolean referenceAssumed,
    double open,
    double high,
    double low,
    double close,
    int streak) {
  /** Checks that every part is there. */
  public LimitUpFact {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(limits, "limits");
  }

  /** Whether the share traded. */
  public boolean traded() {
    return status != LimitStatus.NOT_TRADED;
  }

  /** Whether the highest price reached limit-up (触板). */
  public boolean touched() {
    return binding() && limits.isPresent() && reached(high, limits.get().upMills());
  }

  /**
   * Whether the close is limit-up (封住, 涨停); without book data, orders waiting at the close are not
   * seen.
   */
  public boolean sealed() {
    return up(close);
  }

  /** Whether limit-up was reached and not held (炸板). */
  public boolean broken() {
    return touched() && !sealed();
  }

  /** Whether every price of the day was limit-up (一字板). */
  public boolean oneWord() {
    return up(open) && up(low) && up(high) && up(close);
  }

  /** Whether it opened at limit-up, left it and closed there again (T 字板). */
  public boolean tBoard() {
    return up(open)
        && up(close)
        && limits.filter(limit -> below(low, limit.upMills())).isPresent();
  }

  /** Whether the lowest price reached limit-down. */
  public boolean limitDownTouched() {
    return binding()
        && limits.filter(limit -> below(low, limit.downMills() + 1)).isPresent();
  }

  /** Whether the close is limit-down (跌停). */
  public boolean limitDownSealed() {
    return down(close);
  }

  /** Whether it fell from limit-up to a close at limit-down (天地板). */
  public boolean heavenToFloor() {
    return up(high) && down(close);
  }

  /** Whether it rose from limit-down to a close at limit-up (地天板). */
  public boolean floorToHeaven() {
    return down(low) && up(close);
  }

  /**
   * Whether some price lies beyond the limits, which proves the data, the status or the reference
   * price wrong; nothing should then be concluded from the other answers.
   */
  public boolean beyondLimits() {
    return binding()
        && limits
            .filter(limit -> above(high, limit.upMills()) || below(low, limit.downMills()))
            .isPresent();
  }

  private boolean binding() {
    return status == LimitStatus.LIMITED;
  }

  private boolean up(double price) {
    return binding() && limits.isPresent() && limits.get().isUp(price);
  }

  private boolean down(double price) {
    return binding() && limits.isPresent() && limits.get().isDown(price);
  }

  private static boolean reached(double price, long mills) {
    return PriceLimits.isPrice(price) && PriceLimits.mills(price) >= mills;
  }

  private static boolean above(double price, long mills) {
    return PriceLimits.isPrice(price) && PriceLimits.mills(price) > mills;
  }

  private static boolean below(double price, long mills) {
    return PriceLimits.isPrice(price) && PriceLimits.mills(price) < mills;
  }
}

package io.qilin.data.stream;

import io.qilin.api.quality.QualityDimension;
import java.util.List;

/** Quality rules for trades; all of them work on any record, by its {@link StreamFields}. */
public final class TickRules {
  private static final double MILLS = 1000;
  private static final double TICK_ROUNDING = 1e-6;
  private static final double UNIT_SLACK = 0.5;

  private TickRules() {}

  /**
   * Whole mills for the price, whole shares, a known amount, and an amount that fits price and volume. None refuses.
   *
   * @param fields where the numbers are
   * @param <T> the record
   */
  public static <T> List<StreamRule<T>> standard(StreamFields<T> fields) {
    return List.of(
        new StreamRule<>(
            "price-on-tick", QualityDimension.VALIDITY, false, tick -> onTick(fields.price(tick))),
        new StreamRule<>(
            "volume-whole",
            QualityDimension.VALIDITY,
            false,
            tick -> Math.rint(fields.volume(tick)) == fields.volume(tick)),
        new StreamRule<>(
            "amount-known",
            QualityDimension.COMPLETENESS,
            false,
            tick -> !Double.isNaN(fields.amount(tick))),
        new StreamRule<>(
            "amount-fits",
            QualityDimension.CONSISTENCY,
            false,
            tick -> fits(fields.price(tick), fields.volume(tick), fields.amount(tick))));
  }

  /** Whether a price is a whole number of mills (0.001 yuan), the finest tick of the three exchanges. */
  private static boolean onTick(double price) {
    double mills = price * MILLS;
    return Math.abs(mills - Math.rint(mills))
        <= TICK_ROUNDING * Math.max(1, Math.abs(mills) * 1e-6);
  }

  /**
   * Whether amount / volume lies within half and one and a half of the price, which lots taken for shares and
   * ten-thousands of yuan taken for yuan do not. An amount that is not known fits.
   */
  private static boolean fits(double price, double volume, double amount) {
    if (Double.isNaN(amount)) {
      return true;
    }
    return volume == 0
        ? amount == 0
        : Math.abs(amount - price * volume) <= UNIT_SLACK * price * volume;
  }
}

package io.qilin.core.rules;

import io.qilin.api.error.QilinException;

/**
 * The highest (涨停价) and lowest (跌停价) price at which a share may trade on one day. Prices are whole
 * thousandths of a yuan, so that two prices are equal exactly when the exchange holds them equal;
 * no tolerance is used anywhere.
 *
 * @param upMills limit-up in thousandths of a yuan, above {@code downMills}
 * @param downMills limit-down in thousandths of a yuan, positive
 */
public record PriceLimits(long upMills, long downMills) {
  /** Prices above this, in yuan, are no prices. */
  static final double HIGHEST_PRICE = 1e9;

  /**
   * Checks the order.
   *
   * @throws QilinException INVALID_ARGUMENT unless 0 &lt; downMills &lt; upMills
   */
  public PriceLimits {
    if (downMills <= 0 || upMills <= downMills) {
      throw QilinException.invalid("price limits are positive and ascend, were down " + downMills
          + ", up " + upMills + " mills");
    }
  }

  /** Limit-up in yuan per share. */
  public double up() {
    return upMills / 1000.0;
  }

  /** Limit-down in yuan per share. */
  public double down() {
    return downMills / 1000.0;
  }

  /**
   * Whether a price is the limit-up price, exactly.
   *
   * @param price yuan per share, raw; {@code NaN} is no price and gives false
   */
  public boolean isUp(double price) {
    return isPrice(price) && mills(price) == upMills;
  }

  /**
   * Whether a price is the limit-down price, exactly.
   *
   * @param price yuan per share, raw; {@code NaN} is no price and gives false
   */
  public boolean isDown(double price) {
    return isPrice(price) && mills(price) == downMills;
  }

  /**
   * Whether a price may be traded: neither above limit-up nor below limit-down.
   *
   * @param price yuan per share, raw; {@code NaN} is no price and gives false
   */
  public boolean within(double price) {
    return isPrice(price) && mills(price) >= downMills && mills(price) <= upMills;
  }

  /**
   * A price as whole thousandths of a yuan: the integer nearest to it, which undoes the rounding of
   * the binary fraction.
   *
   * @param price yuan per share, raw, not negative, at most 10<sup>9</sup>
   * @throws QilinException INVALID_ARGUMENT if it is {@code NaN}, infinite, negative or larger
   */
  public static long mills(double price) {
    if (!(price >= 0 && price <= HIGHEST_PRICE)) {
      throw QilinException.invalid("a price is a number of yuan from 0 to 1e9, was " + price);
    }
    return Math.round(price * 1000);
  }

  /** Whether a number can be a price: from 0 to 10<sup>9</sup>, so not {@code NaN}. */
  static boolean isPrice(double price) {
    return price >= 0 && price <= HIGHEST_PRICE;
  }
}

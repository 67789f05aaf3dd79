package io.qilin.core.rules;

import io.qilin.api.error.QilinException;

/**
 * The price cage (价格笼子, 有效申报价格范围) of limit orders in continuous trading: a buy may be at most the
 * larger of reference × (1 + percent) and reference + ticks, a sale at least the smaller of
 * reference × (1 − percent) and reference − ticks. The percentage is rounded half up to the tick.
 * The reference is the best opposite price, else the best own price, else the last price, else the
 * previous close. Auctions have no cage.
 *
 * @param percent width in percent of the reference
 * @param ticks least width in ticks; 0 where the board has none
 * @param tickMills the tick in thousandths of a yuan
 */
public record PriceCage(int percent, int ticks, long tickMills) {
  /**
   * Checks the width.
   *
   * @throws QilinException INVALID_ARGUMENT unless percent and tick are positive and ticks not
   *     negative
   */
  public PriceCage {
    if (percent <= 0 || ticks < 0 || tickMills <= 0) {
      throw QilinException.invalid("a price cage has a positive width and tick, were " + percent
          + " %, " + ticks + " ticks of " + tickMills + " mills");
    }
  }

  /**
   * The highest price of a buy order in thousandths of a yuan.
   *
   * @param referenceMills the reference in thousandths of a yuan, positive
   * @throws QilinException INVALID_ARGUMENT unless the reference is a price
   */
  public long highestBuyMills(long referenceMills) {
    long reference = checked(referenceMills);
    return Math.max(scaled(reference, 100 + percent), reference + ticks * tickMills);
  }

  /**
   * The lowest price of a sell order in thousandths of a yuan, at least one tick.
   *
   * @param referenceMills the reference in thousandths of a yuan, positive
   * @throws QilinException INVALID_ARGUMENT unless the reference is a price
   */
  public long lowestSellMills(long referenceMills) {
    long reference = checked(referenceMills);
    long lowest = Math.min(scaled(reference, 100 - percent), reference - ticks * tickMills);
    return Math.max(lowest, tickMills);
  }

  private long scaled(long referenceMills, int hundredths) {
    long tickHundredths = 100 * tickMills;
    return (referenceMills * hundredths + tickHundredths / 2) / tickHundredths * tickMills;
  }

  private static long checked(long referenceMills) {
    if (referenceMills <= 0 || referenceMills > PriceLimits.mills(PriceLimits.HIGHEST_PRICE)) {
      throw QilinException.invalid(
          "a reference price is positive and at most 1e9 yuan, was " + referenceMills + " mills");
    }
    return referenceMills;
  }
}

package io.qilin.core.risk;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.trading.Order;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Prices and values as whole thousandths of a yuan. Allocates nothing for a price of at most three
 * decimals.
 */
final class Mills {
  private static final int DECIMALS = 3;
  private static final double PER_YUAN = 1000;

  private Mills() {}

  /** The price of an order, a part of a mill counted as a whole one. */
  static long ceiling(BigDecimal price) {
    return mills(price, RoundingMode.CEILING);
  }

  /** The price of an order, a part of a mill left out. */
  static long floor(BigDecimal price) {
    return mills(price, RoundingMode.FLOOR);
  }

  /**
   * With three decimals and twelve digits before the point, as an order has at most, the price is a
   * whole number of mills below 2<sup>52</sup>; the error of its double is far below half a mill.
   */
  private static long mills(BigDecimal price, RoundingMode rounding) {
    return price.scale() <= DECIMALS
        ? Math.round(price.doubleValue() * PER_YUAN)
        : price.movePointRight(DECIMALS).setScale(0, rounding).longValueExact();
  }

  /**
   * Price times shares.
   *
   * @throws QilinException LIMIT_EXCEEDED if a long cannot hold it
   */
  static long value(Order order) {
    return product(ceiling(order.price()), order.shares());
  }

  /**
   * Price times shares, both not negative.
   *
   * @throws QilinException LIMIT_EXCEEDED if a long cannot hold it
   */
  static long product(long priceMills, long shares) {
    long value = priceMills * shares;
    if (value < 0 || Math.multiplyHigh(priceMills, shares) != 0) {
      throw tooLarge(shares + " shares at " + price(priceMills) + " yuan");
    }
    return value;
  }

  /**
   * The sum of two values that are not negative.
   *
   * @throws QilinException LIMIT_EXCEEDED if a long cannot hold it
   */
  static long sum(long one, long other) {
    long sum = one + other;
    if (sum < 0) {
      throw tooLarge(yuan(one) + " and " + yuan(other) + " yuan");
    }
    return sum;
  }

  private static QilinException tooLarge(String what) {
    return new QilinException(
        ErrorCode.LIMIT_EXCEEDED,
        what + " are worth more than can be counted, which is " + yuan(Long.MAX_VALUE) + " yuan");
  }

  /** A price as text in yuan, with two decimals where they suffice. */
  static String price(long mills) {
    BigDecimal yuan = BigDecimal.valueOf(mills, DECIMALS);
    return (mills % 10 == 0 ? yuan.setScale(2) : yuan).toPlainString();
  }

  /** A value as text in yuan, rounded half up to the fen. */
  static String yuan(long mills) {
    return BigDecimal.valueOf(mills, DECIMALS).setScale(2, RoundingMode.HALF_UP).toPlainString();
  }
}

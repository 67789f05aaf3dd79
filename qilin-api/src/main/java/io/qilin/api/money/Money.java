package io.qilin.api.money;

import io.qilin.api.error.QilinException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact amount of yuan (CNY), held as whole fen (1 yuan = 100 fen). May be negative. Arithmetic that would leave the
 * range of a {@code long} throws {@link ArithmeticException}. Immutable and safe to share.
 *
 * @param fen the amount in fen
 */
public record Money(long fen) implements Comparable<Money> {
  /** Nothing. */
  public static final Money ZERO = new Money(0);

  /** An amount of whole fen. */
  public static Money ofFen(long fen) {
    return new Money(fen);
  }

  /**
   * An amount of yuan.
   *
   * @param yuan decimal text such as {@code "12.34"}, at most two decimals
   * @throws QilinException INVALID_ARGUMENT if the text is no such number
   */
  public static Money parse(String yuan) {
    try {
      return new Money(new BigDecimal(yuan).movePointRight(2).longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      throw QilinException.invalid(
          "an amount is a number of yuan with at most two decimals, was " + QilinException.quote(yuan));
    }
  }

  /** An amount of yuan, rounded half up to the fen. */
  public static Money ofYuan(BigDecimal yuan) {
    return new Money(yuan.movePointRight(2).setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  /** The amount in yuan, scale 2. */
  public BigDecimal yuan() {
    return BigDecimal.valueOf(fen, 2);
  }

  /** The sum. */
  public Money plus(Money other) {
    return new Money(Math.addExact(fen, other.fen));
  }

  /** The difference. */
  public Money minus(Money other) {
    return new Money(Math.subtractExact(fen, other.fen));
  }

  /** The product with a count, for example price times shares. */
  public Money times(long count) {
    return new Money(Math.multiplyExact(fen, count));
  }

  /** The larger of the two. */
  public Money max(Money other) {
    return fen >= other.fen ? this : other;
  }

  /** Whether this is below zero. */
  public boolean isNegative() {
    return fen < 0;
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(fen, other.fen);
  }

  /** Yuan with two decimals, for example {@code 12.34}; {@link #parse} reads it back. */
  @Override
  public String toString() {
    return yuan().toPlainString();
  }
}

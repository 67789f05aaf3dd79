package io.qilin.api.money;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * An exact amount of yuan (CNY), held as whole fen (1 yuan = 100 fen). May be negative. Arithmetic that would leave the
 * range of a {@code long} is refused with LIMIT_EXCEEDED, never wrapped around. Immutable and safe to share.
 *
 * @param fen the amount in fen
 */
public record Money(long fen) implements Comparable<Money> {
  private static final int MAX_TEXT = 40;
  /** Digits before the point of any long. */
  private static final int MAX_DIGITS = 19;

  /** Nothing. */
  public static final Money ZERO = new Money(0);

  /** An amount of whole fen. */
  public static Money ofFen(long fen) {
    return new Money(fen);
  }

  /**
   * An amount of yuan.
   *
   * @param yuan decimal text such as {@code "12.34"}, at most two decimals and 40 characters
   * @throws QilinException INVALID_ARGUMENT if the text is no such number
   */
  public static Money parse(String yuan) {
    if (yuan.length() > MAX_TEXT) {
      throw notAnAmount(yuan);
    }
    try {
      return new Money(new BigDecimal(yuan).movePointRight(2).longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      throw notAnAmount(yuan);
    }
  }

  private static QilinException notAnAmount(String text) {
    return QilinException.invalid("an amount is a number of yuan with at most two decimals, was "
        + QilinException.quote(text));
  }

  /**
   * An amount of yuan, rounded half up (away from zero) to the fen.
   *
   * @throws QilinException LIMIT_EXCEEDED if it does not fit
   */
  public static Money ofYuan(BigDecimal yuan) {
    long digits = (long) yuan.precision() - yuan.scale();
    if (yuan.signum() == 0 || digits < -2) {
      return ZERO;
    }
    if (digits > MAX_DIGITS) {
      throw tooLarge("an amount of more than " + MAX_DIGITS + " digits", null);
    }
    try {
      BigDecimal fen = yuan.setScale(2, RoundingMode.HALF_UP).movePointRight(2);
      return new Money(fen.longValueExact());
    } catch (ArithmeticException e) {
      throw tooLarge(yuan + " yuan", e);
    }
  }

  /** The amount in yuan, scale 2. */
  public BigDecimal yuan() {
    return BigDecimal.valueOf(fen, 2);
  }

  /**
   * The sum.
   *
   * @throws QilinException LIMIT_EXCEEDED if it does not fit
   */
  public Money plus(Money other) {
    try {
      return new Money(Math.addExact(fen, other.fen));
    } catch (ArithmeticException e) {
      throw tooLarge(this + " + " + other + " yuan", e);
    }
  }

  /**
   * The difference.
   *
   * @throws QilinException LIMIT_EXCEEDED if it does not fit
   */
  public Money minus(Money other) {
    try {
      return new Money(Math.subtractExact(fen, other.fen));
    } catch (ArithmeticException e) {
      throw tooLarge(this + " - " + other + " yuan", e);
    }
  }

  /**
   * The product with a count, for example price times shares.
   *
   * @throws QilinException LIMIT_EXCEEDED if it does not fit
   */
  public Money times(long count) {
    try {
      return new Money(Math.multiplyExact(fen, count));
    } catch (ArithmeticException e) {
      throw tooLarge(this + " yuan × " + count, e);
    }
  }

  private static QilinException tooLarge(String what, @Nullable Throwable cause) {
    return new QilinException(
        ErrorCode.LIMIT_EXCEEDED,
        what + " is more than Money can hold, which is " + new Money(Long.MAX_VALUE) + " yuan",
        cause);
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

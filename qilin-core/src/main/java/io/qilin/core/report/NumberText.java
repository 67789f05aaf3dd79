package io.qilin.core.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers as a reader wants them: rounded half up from their exact value, with a plain minus, never in another locale.
 * {@code NaN} is a dash, infinity is ∞.
 */
public final class NumberText {
  /** What stands for "not known". */
  public static final String UNKNOWN = "–";

  private NumberText() {}

  /**
   * A fixed number of decimals, for example {@code -0.0312}; a value that rounds to zero has no sign.
   *
   * @param value any value
   * @param decimals 0 to 15
   */
  public static String fixed(double value, int decimals) {
    if (Double.isNaN(value)) {
      return UNKNOWN;
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "-∞";
    }
    return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }

  /** A fixed number of decimals with a plus before positive numbers. */
  public static String signed(double value, int decimals) {
    String text = fixed(value, decimals);
    boolean zero = text.chars().noneMatch(c -> (c >= '1' && c <= '9') || c == '∞');
    return value > 0 && !zero ? "+" + text : text;
  }

  /** A fraction in percent: 0.0312 with one decimal is {@code 3.1%}. */
  public static String percent(double fraction, int decimals) {
    return Double.isFinite(fraction) ? scaled(fraction, decimals) + "%" : fixed(fraction, 0);
  }

  /** A fraction in percent with a plus before positive numbers. */
  public static String signedPercent(double fraction, int decimals) {
    String text = percent(fraction, decimals);
    boolean zero = text.chars().noneMatch(c -> (c >= '1' && c <= '9') || c == '∞');
    return fraction > 0 && !zero ? "+" + text : text;
  }

  /** A count in groups of three: {@code 1,234,567}. */
  public static String count(long value) {
    String digits = Long.toString(value);
    StringBuilder out = new StringBuilder(digits);
    int first = value < 0 ? 1 : 0;
    for (int at = digits.length() - 3; at > first; at -= 3) {
      out.insert(at, ',');
    }
    return out.toString();
  }

  private static String scaled(double fraction, int decimals) {
    BigDecimal percent = new BigDecimal(Double.toString(fraction)).movePointRight(2);
    return percent.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }
}

package io.qilin.data.csv;

import io.qilin.data.internal.CellException;

/**
 * Reads the number of a cell: plain decimal with an optional sign and exponent. Blank, {@code NaN},
 * {@code null}, {@code NA}, {@code N/A}, {@code #N/A} and {@code None}, in any letter case, are a
 * missing value. Everything else that some program would take for a number (thousands separators,
 * percent, currencies, hexadecimal, type suffixes, full-width digits, booleans) is refused: a guess
 * could be wrong by a factor without anyone seeing it.
 */
final class NumberCell {
  /** Every number of so many digits fits 64 bits without a sign. */
  static final int MOST_DIGITS = 19;

  private static final int MAX_EXACT_POWER = 22;
  private static final long MAX_EXACT_INTEGER = 1L << 53;

  /** Powers of ten that a double holds exactly. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final String[] MISSING = {"nan", "null", "na", "n/a", "#n/a", "none"};
  private static final String[] INFINITY = {"inf", "infinity"};

  private static final String NOT_A_NUMBER =
      "not a number; write plain decimals such as 1234.5 or 1.2e-3, and leave the cell empty where"
          + " nothing is known";

  private NumberCell() {}

  /**
   * The number in {@code text[from, to)}, which has no space around it.
   *
   * @param infinities whether {@code inf} and {@code -inf} are numbers
   * @return the nearest double; {@code NaN} if the value is missing
   * @throws CellException if it is no number, or too large for a double
   */
  static double parse(char[] text, int from, int to, boolean infinities) throws CellException {
    if (from == to) {
      return Double.NaN;
    }
    boolean negative = text[from] == '-';
    int first = negative || text[from] == '+' ? from + 1 : from;
    long mantissa = 0;
    int i = first;
    for (; i < to && digit(text[i]); i++) {
      mantissa = mantissa * 10 + (text[i] - '0');
    }
    int digits = i - first;
    int exponent = 0;
    if (i < to && text[i] == '.') {
      int point = ++i;
      for (; i + 4 <= to && four(text, i) >= 0; i += 4) {
        mantissa = mantissa * 10_000 + four(text, i);
      }
      for (; i < to && digit(text[i]); i++) {
        mantissa = mantissa * 10 + (text[i] - '0');
      }
      exponent = point - i;
      digits += i - point;
    }
    if (digits == 0) {
      return word(text, from, to, infinities);
    }
    if (i < to && (text[i] == 'e' || text[i] == 'E')) {
      int start = i + 1;
      int after = exponentEnd(text, start, to);
      if (after == to && after > start) {
        exponent += exponent(text, start, to);
        i = to;
      }
    }
    if (i < to) {
      throw new CellException(NOT_A_NUMBER);
    }
    // More digits may not fit the mantissa.
    double value = digits <= MOST_DIGITS ? nearest(mantissa, exponent) : Double.NaN;
    if (Double.isNaN(value)) {
      return rounded(text, from, to);
    }
    return negative ? -value : value;
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The number that four digits make; negative if one is no digit. */
  private static int four(char[] text, int at) {
    int a = text[at] - '0';
    int b = text[at + 1] - '0';
    int c = text[at + 2] - '0';
    int d = text[at + 3] - '0';
    boolean digits = ((a | b | c | d | (9 - a) | (9 - b) | (9 - c) | (9 - d)) >= 0);
    return digits ? (a * 10 + b) * 100 + c * 10 + d : -1;
  }

  /**
   * The double nearest to {@code mantissa · 10^exponent}.
   *
   * @param mantissa an unsigned number of 64 bits
   * @return NaN if it is to be found in another way
   */
  static double nearest(long mantissa, int exponent) {
    if (mantissa == 0) {
      return 0;
    }
    if (mantissa > 0
        && mantissa <= MAX_EXACT_INTEGER
        && exponent >= -MAX_EXACT_POWER
        && exponent <= MAX_EXACT_POWER) {
      return exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
    }
    return exponent < -EiselLemire.POWERS || exponent > EiselLemire.POWERS
        ? Double.NaN
        : EiselLemire.nearest(mantissa, exponent);
  }

  private static double rounded(char[] text, int from, int to) throws CellException {
    double value = Double.parseDouble(new String(text, from, to - from));
    if (Double.isInfinite(value)) {
      throw new CellException("too large for a double");
    }
    return value;
  }

  /** Index after the exponent that begins here, or the start if there is none. */
  private static int exponentEnd(char[] text, int start, int to) {
    int i = start < to && (text[start] == '-' || text[start] == '+') ? start + 1 : start;
    int first = i;
    while (i < to && digit(text[i])) {
      i++;
    }
    return i == first ? start : i;
  }

  /** The exponent, cut off at a size that is beyond every double. */
  private static int exponent(char[] text, int start, int to) {
    boolean negative = text[start] == '-';
    int value = 0;
    for (int i = negative || text[start] == '+' ? start + 1 : start; i < to; i++) {
      value = Math.min(value * 10 + (text[i] - '0'), 100_000);
    }
    return negative ? -value : value;
  }

  private static double word(char[] text, int from, int to, boolean infinities)
      throws CellException {
    for (String missing : MISSING) {
      if (equal(text, from, to, missing)) {
        return Double.NaN;
      }
    }
    int start = text[from] == '-' || text[from] == '+' ? from + 1 : from;
    for (String infinity : INFINITY) {
      if (equal(text, start, to, infinity)) {
        if (!infinities) {
          throw new CellException("an infinite value; leave the cell empty if it is not known");
        }
        return text[from] == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      }
    }
    throw new CellException(NOT_A_NUMBER);
  }

  private static boolean equal(char[] text, int from, int to, String lower) {
    if (to - from != lower.length()) {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = text[i];
      char folded = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
      if (folded != lower.charAt(i - from)) {
        return false;
      }
    }
    return true;
  }
}

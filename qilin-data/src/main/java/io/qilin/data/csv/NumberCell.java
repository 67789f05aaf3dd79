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
    int i = negative || text[from] == '+' ? from + 1 : from;
    long mantissa = 0;
    int exponent = 0;
    int kept = 0;
    int digits = 0;
    boolean point = false;
    for (; i < to; i++) {
      char c = text[i];
      if (c >= '0' && c <= '9') {
        digits++;
        if (kept < 18) {
          mantissa = mantissa * 10 + (c - '0');
          kept += mantissa == 0 ? 0 : 1;
          exponent -= point ? 1 : 0;
        } else {
          kept++;
          exponent += point ? 0 : 1;
        }
      } else if (c == '.' && !point) {
        point = true;
      } else {
        break;
      }
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
    return kept <= 18
        ? exact(mantissa, exponent, negative, text, from, to)
        : rounded(text, from, to);
  }

  private static double exact(
      long mantissa, int exponent, boolean negative, char[] text, int from, int to)
      throws CellException {
    double value;
    if (mantissa == 0) {
      value = 0;
    } else if (mantissa > MAX_EXACT_INTEGER || Math.abs(exponent) > MAX_EXACT_POWER) {
      return rounded(text, from, to);
    } else {
      value = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
    }
    return negative ? -value : value;
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
    while (i < to && text[i] >= '0' && text[i] <= '9') {
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

package io.qilin.data.csv;

import io.qilin.data.internal.CellException;
import java.util.Locale;

/** Reads cells of the types of tables that need more than one of the other readers says. */
final class TypedCell {
  private TypedCell() {}

  /** True or false. */
  static boolean flag(char[] text, int from, int to) throws CellException {
    String word = to - from > 5 ? "" : new String(text, from, to - from).toLowerCase(Locale.ROOT);
    return switch (word) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new CellException("neither true nor false");
    };
  }

  /**
   * A number that is no code: no digit follows a zero at its beginning.
   *
   * @return {@code NaN} if the value is missing
   */
  static double number(char[] text, int from, int to) throws CellException {
    int first = from < to && (text[from] == '-' || text[from] == '+') ? from + 1 : from;
    if (first + 1 < to && text[first] == '0' && digit(text[first + 1])) {
      throw new CellException("a code rather than a number, as it begins with a zero; read the"
          + " column as TEXT by giving a schema");
    }
    return NumberCell.parse(text, from, to, true);
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  /** A whole number of 64 bits that is no code. */
  static long whole(char[] text, int from, int to) throws CellException {
    int first = text[from] == '-' ? from + 1 : from;
    boolean code = first + 1 < to && text[first] == '0';
    if (first == to || to - first > 19 || code) {
      throw new CellException("not a whole number of 64 bits");
    }
    long value = 0;
    for (int i = first; i < to; i++) {
      if (!digit(text[i])) {
        throw new CellException("not a whole number");
      }
      // Negative numbers reach one further.
      int digit = text[i] - '0';
      if (value < (Long.MIN_VALUE + digit) / 10) {
        throw new CellException("not a whole number of 64 bits");
      }
      value = value * 10 - digit;
    }
    if (first == from && value == Long.MIN_VALUE) {
      throw new CellException("not a whole number of 64 bits");
    }
    return first == from ? -value : value;
  }
}

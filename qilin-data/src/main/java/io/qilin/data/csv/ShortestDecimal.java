package io.qilin.data.csv;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.NumberOutput;

/**
 * The shortest decimal that reads back to the same double, on every Java version: {@code
 * Double.toString} gives longer ones before Java 19. Jackson finds the digits (the Schubfach
 * algorithm of R. Giulietti), this class lays them out. Below the smallest normal number, 2.2e-308,
 * two digits may be printed where one would do.
 */
final class ShortestDecimal {
  private ShortestDecimal() {}

  /**
   * Writes a finite number in plain form, such as {@code 0.0001}, from 1e-7 up to below 1e16, and
   * otherwise as {@code 1.5e-12}. Whole numbers have no point; minus zero is {@code -0}.
   *
   * @return index after the last byte written; at most 28 bytes are
   */
  static int write(double value, byte[] out, int at) {
    String text = NumberOutput.toString(Math.abs(value), true);
    int next = at;
    if (Double.doubleToRawLongBits(value) < 0) {
      out[next++] = '-';
    }
    if (value == 0) {
      out[next++] = '0';
      return next;
    }
    int e = text.indexOf('E');
    int power = e < 0 ? 0 : Integer.parseInt(text, e + 1, text.length(), 10);
    int dot = text.indexOf('.');
    String fraction = text.substring(dot + 1, e < 0 ? text.length() : e);
    return print(text.substring(0, dot) + fraction, power + dot, out, next);
  }

  /** Writes 0.DIGITS times ten to the power of {@code point}; the digits may have zeros around. */
  private static int print(String padded, int point, byte[] out, int at) {
    byte[] digits = padded.getBytes(StandardCharsets.US_ASCII);
    int first = 0;
    while (digits[first] == '0') {
      first++;
    }
    int length = digits.length - first;
    while (digits[first + length - 1] == '0') {
      length--;
    }
    int exponent = point - first - 1;
    if (exponent < -7 || exponent > 15) {
      int next = point(digits, first, length, 1, out, at);
      out[next++] = 'e';
      byte[] power = Integer.toString(exponent).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(power, 0, out, next, power.length);
      return next + power.length;
    }
    if (exponent >= 0) {
      return point(digits, first, length, exponent + 1, out, at);
    }
    int next = at;
    out[next++] = '0';
    out[next++] = '.';
    for (int i = -1; i > exponent; i--) {
      out[next++] = '0';
    }
    System.arraycopy(digits, first, out, next, length);
    return next + length;
  }

  /** Writes digits with the point after so many of them; zeros fill up to the point. */
  private static int point(byte[] text, int first, int length, int whole, byte[] out, int at) {
    int next = at;
    for (int i = 0; i < Math.max(whole, length); i++) {
      if (i == whole) {
        out[next++] = '.';
      }
      out[next++] = i < length ? text[first + i] : (byte) '0';
    }
    return next;
  }
}

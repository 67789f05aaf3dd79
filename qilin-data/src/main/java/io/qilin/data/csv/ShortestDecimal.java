package io.qilin.data.csv;

import java.math.BigInteger;

/**
 * The shortest decimal that reads back to the same double, on every Java version: {@code
 * Double.toString} gives longer ones before Java 19.
 *
 * <p>Algorithm: R. Giulietti, "The Schubfach way to render doubles", 2020. Of the decimals {@code d ×
 * 10^k} that round to the double, with {@code 10^k} just below the width of the rounding interval,
 * there are one or two neighbours; if a multiple of {@code 10^(k+1)} lies in the interval, it is the
 * only one and the shortest, else the neighbour closer to the double is taken, the even one at a tie.
 * The neighbours come from one multiplication by a 126-bit approximation of {@code 10^-k}, whose
 * lowest bit only says "and a bit more", so that no comparison is in doubt.
 */
final class ShortestDecimal {
  private static final int LEAST_K = -324;
  private static final int MOST_K = 292;
  private static final long LOW_63 = Long.MAX_VALUE;
  private static final long SMALLEST_NORMAL = 1L << 52;
  private static final int LEAST_EXPONENT = -1074;

  /** Upper and lower 63 bits of the approximations of {@code 10^-k}, one pair for each k. */
  private static final long[] TENS = tens();

  private ShortestDecimal() {}

  private static long[] tens() {
    long[] table = new long[2 * (MOST_K - LEAST_K + 1)];
    for (int k = LEAST_K; k <= MOST_K; k++) {
      int shift = floorLog2OfPow10(-k) - 125;
      BigInteger ten = BigInteger.TEN.pow(Math.abs(k));
      BigInteger g;
      if (k <= 0) {
        g = shift >= 0 ? ten.shiftRight(shift) : ten.shiftLeft(-shift);
      } else {
        g = BigInteger.ONE.shiftLeft(-shift).divide(ten);
      }
      g = g.add(BigInteger.ONE);
      table[2 * (k - LEAST_K)] = g.shiftRight(63).longValueExact();
      table[2 * (k - LEAST_K) + 1] = g.longValue() & LOW_63;
    }
    return table;
  }

  /** {@code floor(log10(2^q))}: the factor is log10(2) × 2^41. */
  private static int floorLog10OfPow2(int q) {
    return (int) (q * 661_971_961_083L >> 41);
  }

  /** {@code floor(log10(3/4 × 2^q))}: the addend is log10(3/4) × 2^41. */
  private static int floorLog10OfThreeQuarters(int q) {
    return (int) (q * 661_971_961_083L - 274_743_187_321L >> 41);
  }

  /** {@code floor(log2(10^e))}: the factor is log2(10) × 2^38. */
  private static int floorLog2OfPow10(int e) {
    return (int) (e * 913_124_641_741L >> 38);
  }

  /**
   * Writes a finite number in plain form, such as {@code 0.0001}, from 1e-7 up to below 1e16, and
   * otherwise as {@code 1.5e-12}. Whole numbers have no point; minus zero is {@code -0}.
   *
   * @return index after the last byte written; at most 28 bytes are
   */
  static int write(double value, byte[] out, int at) {
    long bits = Double.doubleToRawLongBits(value);
    int next = at;
    if (bits < 0) {
      out[next++] = '-';
    }
    int biased = (int) (bits >>> 52) & 0x7ff;
    long fraction = bits & (SMALLEST_NORMAL - 1);
    if (biased == 0 && fraction == 0) {
      out[next++] = '0';
      return next;
    }
    long c = biased == 0 ? fraction : fraction | SMALLEST_NORMAL;
    int q = biased == 0 ? LEAST_EXPONENT : biased - 1075;
    boolean narrow = c == SMALLEST_NORMAL && biased > 1;
    int k = narrow ? floorLog10OfThreeQuarters(q) : floorLog10OfPow2(q);
    long digits = digits(c, q, k, narrow);
    while (digits % 10 == 0) {
      digits /= 10;
      k++;
    }
    return print(digits, k, out, next);
  }

  private static long digits(long c, int q, int k, boolean narrow) {
    long odd = c & 1;
    int h = q + floorLog2OfPow10(-k) + 2;
    long high = TENS[2 * (k - LEAST_K)];
    long low = TENS[2 * (k - LEAST_K) + 1];
    long middle = product(high, low, (c << 2) << h);
    long left = product(high, low, (c << 2) - (narrow ? 1 : 2) << h) + odd;
    long right = product(high, low, (c << 2) + 2 << h) - odd;
    long below = middle >> 2;
    long shorter = below / 10 * 10;
    boolean shorterLower = left <= shorter << 2;
    boolean shorterUpper = shorter + 10 << 2 <= right;
    if (shorterLower != shorterUpper) {
      return shorterLower ? shorter : shorter + 10;
    }
    boolean lower = left <= below << 2;
    boolean upper = below + 1 << 2 <= right;
    if (lower != upper) {
      return lower ? below : below + 1;
    }
    long beyondHalf = middle - (2 * below + 1 << 1);
    return beyondHalf < 0 || beyondHalf == 0 && (below & 1) == 0 ? below : below + 1;
  }

  /** {@code (high × 2^63 + low) × factor / 2^127}, the lowest bit set if anything was cut off. */
  private static long product(long high, long low, long factor) {
    long carry = Math.multiplyHigh(low, factor);
    long middle = high * factor;
    long top = Math.multiplyHigh(high, factor);
    long sum = (middle >>> 1) + carry;
    return top + (sum >>> 63) | (sum & LOW_63) + LOW_63 >>> 63;
  }

  private static int print(long digits, int k, byte[] out, int at) {
    byte[] text = new byte[20];
    int first = text.length;
    for (long rest = digits; rest > 0; rest /= 10) {
      text[--first] = (byte) ('0' + rest % 10);
    }
    int length = text.length - first;
    int exponent = length + k - 1;
    if (exponent < -7 || exponent > 15) {
      int next = point(text, first, length, 1, out, at);
      out[next++] = 'e';
      byte[] power = Integer.toString(exponent).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      System.arraycopy(power, 0, out, next, power.length);
      return next + power.length;
    }
    if (exponent >= 0) {
      return point(text, first, length, exponent + 1, out, at);
    }
    int next = at;
    out[next++] = '0';
    out[next++] = '.';
    for (int i = -1; i > exponent; i--) {
      out[next++] = '0';
    }
    System.arraycopy(text, first, out, next, length);
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

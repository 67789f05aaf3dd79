package io.qilin.data.csv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads the number that begins at a byte, if it is written as nearly all are: an optional minus, digits that do not begin
 * with a zero before another, an optional point with digits behind it, nineteen digits in all. Whatever else
 * {@link NumberCell} reads is left to it. Digits are taken eight at a time.
 *
 * <p>Source of the arithmetic on eight digits at once: Johnny Lee, "Faster integer parsing", 2016, as Daniel Lemire gives
 * it in "Number Parsing at a Gigabyte per Second", 2021. Not thread-safe.
 */
final class PlainNumber {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ZEROS = 0x3030_3030_3030_3030L;
  private static final long BEYOND_NINE = 0x7676_7676_7676_7676L;
  private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;
  private static final long PAIRS = 0x0000_00ff_0000_00ffL;
  private static final long[] POWERS = {
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private double value;
  private long mantissa;

  /** The number that was read last. */
  double value() {
    return value;
  }

  /**
   * Reads a number.
   *
   * @param bytes a line end is among them, and at least eight are behind it
   * @return where the number ends, or -1 if it is not written so
   */
  int read(byte[] bytes, int from) {
    boolean negative = bytes[from] == '-';
    int first = negative ? from + 1 : from;
    mantissa = 0;
    int at = digits(bytes, first);
    int count = at - first;
    if (count > 1 && bytes[first] == '0') {
      return -1;
    }
    int exponent = 0;
    if (bytes[at] == '.') {
      int end = digits(bytes, at + 1);
      exponent = at + 1 - end;
      count -= exponent;
      at = end;
    }
    if (count == 0 || count > NumberCell.MOST_DIGITS) {
      return -1;
    }
    double found = NumberCell.nearest(mantissa, exponent);
    value = negative ? -found : found;
    return Double.isNaN(found) ? -1 : at;
  }

  /** Appends digits to the mantissa, which wraps around where there are too many; gives the place behind them. */
  private int digits(byte[] bytes, int from) {
    int at = from;
    while (true) {
      long eight = (long) LONGS.get(bytes, at) ^ ZEROS;
      long others = (eight | (eight + BEYOND_NINE)) & HIGHEST_BITS;
      if (others != 0) {
        int count = Long.numberOfTrailingZeros(others) >>> 3;
        if (count > 0) {
          mantissa = mantissa * POWERS[count] + number(eight << (Long.SIZE - 8 * count));
        }
        return at + count;
      }
      mantissa = mantissa * POWERS[Long.BYTES] + number(eight);
      at += Long.BYTES;
    }
  }

  /** The number of eight digits, the first in the lowest byte. */
  private static long number(long digits) {
    long twos = digits * 10 + (digits >>> 8);
    return ((twos & PAIRS) * (100 + (1_000_000L << 32))
            + ((twos >>> 16) & PAIRS) * (1 + (10_000L << 32)))
        >>> 32;
  }
}

package io.qilin.data.quality.table;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The exact sum of any finite numbers, so the same in any order and however it is cut: a fixed-point number wide enough for
 * all of them, in digits of 32 bits whose carries are settled now and then (U. Kulisch, "Computer Arithmetic and
 * Validity", 2008).
 */
final class ExactSum {
  private static final int DIGITS = 68;
  private static final int BIAS = 1074;
  private static final long DIGIT = 0xffff_ffffL;
  private static final int SETTLE = 1 << 28;

  private final long[] digits = new long[DIGITS];
  private int pending;

  /** Adds a finite number. */
  void add(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >>> 52) & 0x7ff;
    long mantissa = (bits & ((1L << 52) - 1)) | (exponent == 0 ? 0 : 1L << 52);
    int shift = Math.max(exponent, 1) - 1;
    int at = shift >>> 5;
    int left = shift & 31;
    long low = (mantissa & DIGIT) << left;
    long high = (mantissa >>> 32) << left;
    long middle = (low >>> 32) + (high & DIGIT);
    if (bits < 0) {
      digits[at] -= low & DIGIT;
      digits[at + 1] -= middle;
      digits[at + 2] -= high >>> 32;
    } else {
      digits[at] += low & DIGIT;
      digits[at + 1] += middle;
      digits[at + 2] += high >>> 32;
    }
    if (++pending == SETTLE) {
      settle();
    }
  }

  /** Adds the square of a number whose square is finite, exactly but for what is below 2^-1074. */
  void addSquare(double value) {
    double square = value * value;
    add(square);
    add(Math.fma(value, value, -square));
  }

  private void settle() {
    for (int i = 0; i < DIGITS - 1; i++) {
      digits[i + 1] += digits[i] >> 32;
      digits[i] &= DIGIT;
    }
    pending = 0;
  }

  void merge(ExactSum other) {
    settle();
    other.settle();
    for (int i = 0; i < DIGITS; i++) {
      digits[i] += other.digits[i];
    }
    settle();
  }

  /** The sum, exactly. */
  BigDecimal value() {
    settle();
    BigInteger whole = BigInteger.ZERO;
    for (int i = DIGITS - 1; i >= 0; i--) {
      whole = whole.shiftLeft(32).add(BigInteger.valueOf(digits[i]));
    }
    int zeros = whole.signum() == 0 ? BIAS : Math.min(BIAS, whole.getLowestSetBit());
    BigDecimal scaled = new BigDecimal(whole.shiftRight(zeros));
    return scaled.divide(new BigDecimal(BigInteger.ONE.shiftLeft(BIAS - zeros)));
  }

  void write(DataOutput out) throws IOException {
    settle();
    for (long digit : digits) {
      Stored.number(out, digit);
    }
  }

  void read(DataInput in) throws IOException {
    for (int i = 0; i < DIGITS; i++) {
      digits[i] = Stored.number(in);
      if (i < DIGITS - 1 && (digits[i] < 0 || digits[i] > DIGIT)) {
        throw Stored.broken("a digit of " + digits[i]);
      }
    }
  }
}

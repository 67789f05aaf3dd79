package io.qilin.data.quality.table;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;

/** Count, exact sum and exact sum of squares of finite numbers; others are passed over. */
final class NumberMoments {
  /** Squares of larger numbers are not finite. */
  private static final double LARGEST = 1e154;

  private final ExactSum sum = new ExactSum();
  private final ExactSum squares = new ExactSum();
  private long count;
  private boolean tooLarge;

  void add(double value) {
    if (Math.abs(value) <= Double.MAX_VALUE) {
      count++;
      sum.add(value);
      if (Math.abs(value) <= LARGEST) {
        squares.addSquare(value);
      } else {
        tooLarge = true;
      }
    }
  }

  void merge(NumberMoments other) {
    count += other.count;
    tooLarge |= other.tooLarge;
    sum.merge(other.sum);
    squares.merge(other.squares);
  }

  long count() {
    return count;
  }

  /** The mean to the nearest double; {@code NaN} of nothing. */
  double mean() {
    return count == 0
        ? Double.NaN
        : sum.value().divide(BigDecimal.valueOf(count), MathContext.DECIMAL128).doubleValue();
  }

  /** The standard deviation (n − 1); {@code NaN} of fewer than two, infinite beyond 1e154. */
  double deviation() {
    if (count < 2) {
      return Double.NaN;
    }
    if (tooLarge) {
      return Double.POSITIVE_INFINITY;
    }
    BigDecimal n = BigDecimal.valueOf(count);
    BigDecimal total = sum.value();
    BigDecimal scaled = squares.value().multiply(n).subtract(total.multiply(total));
    double variance = scaled
        .divide(n.multiply(BigDecimal.valueOf(count - 1)), MathContext.DECIMAL128)
        .doubleValue();
    return Math.sqrt(Math.max(0, variance));
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(count);
    out.writeBoolean(tooLarge);
    sum.write(out);
    squares.write(out);
  }

  void read(DataInput in) throws IOException {
    count = Stored.notNegative(in);
    tooLarge = in.readBoolean();
    sum.read(in);
    squares.read(in);
  }
}

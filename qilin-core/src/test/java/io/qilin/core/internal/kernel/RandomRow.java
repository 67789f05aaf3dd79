package io.qilin.core.internal.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Makes rows of instruments of many kinds, with holes, infinities and something behind their end. */
final class RandomRow {
  /** What stands behind the end of a row and must stay there. */
  static final double BEHIND = -7.25;

  private static final int MOST = 3000;

  private final SplittableRandom random;

  RandomRow(SplittableRandom random) {
    this.random = random;
  }

  /** A number of instruments: mostly few, sometimes more than a thousand. */
  int size() {
    return random.nextInt(6) == 0 ? random.nextInt(MOST) : random.nextInt(40);
  }

  /** A row with {@code n} instruments and three more entries. */
  double[] of(int n) {
    int kind = random.nextInt(8);
    int holes = random.nextInt(4) == 0 ? 2 : 12;
    double[] row = new double[n + 3];
    for (int i = 0; i < n; i++) {
      row[i] = switch (random.nextInt(holes)) {
        case 0 -> Double.NaN;
        case 1 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        default -> value(kind);
      };
    }
    Arrays.fill(row, n, row.length, BEHIND);
    return row;
  }

  /** A row of ordinary finite values. */
  double[] finite(int n) {
    double[] row = new double[n + 3];
    for (int i = 0; i < n; i++) {
      row[i] = random.nextDouble(-3, 3);
    }
    Arrays.fill(row, n, row.length, BEHIND);
    return row;
  }

  private double value(int kind) {
    return switch (kind) {
      case 0 -> random.nextInt(-3, 4) * 0.25 * (random.nextBoolean() ? 1 : -1); // ties, -0
      case 1 -> Double.longBitsToDouble(random.nextLong()); // all magnitudes, NaN among them
      case 2 -> 1e4 + random.nextInt(100) * 1e-11; // differ in their last digits only
      case 3 -> 5; // all equal
      case 4 -> Double.MAX_VALUE * random.nextDouble(-1, 1);
      case 5 -> Double.MIN_VALUE * random.nextInt(-9, 10);
      case 6 -> Double.NaN;
      default -> random.nextDouble(-100, 100);
    };
  }

  /** The same row with its first {@code n} entries in another order. */
  static double[] permuted(double[] row, int[] order) {
    double[] out = row.clone();
    for (int i = 0; i < order.length; i++) {
      out[i] = row[order[i]];
    }
    return out;
  }

  /** An order of {@code n} instruments. */
  int[] order(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  static double[] valid(double[] row, int n) {
    return Arrays.stream(row, 0, n).filter(Double::isFinite).toArray();
  }

  /** An array like the row, full of what a kernel must overwrite. */
  static double[] target(double[] row) {
    double[] out = new double[row.length];
    Arrays.fill(out, BEHIND);
    return out;
  }
}

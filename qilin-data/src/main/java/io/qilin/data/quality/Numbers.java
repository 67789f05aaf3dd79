package io.qilin.data.quality;

import java.util.Arrays;

/** Robust statistics of the first values of an array. */
final class Numbers {
  /** Standard deviation of a normal with median absolute deviation 1. */
  private static final double MAD_TO_SIGMA = 1.4826022185056018;

  private Numbers() {}

  /** The median of the first {@code count} values, which are sorted in place; at least one, none {@code NaN}. */
  static double median(double[] values, int count) {
    Arrays.sort(values, 0, count);
    int middle = count / 2;
    return count % 2 == 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
  }

  /** A standard deviation from the median absolute deviation around the median; 0 if half of the values are equal. */
  static double robustSigma(double[] values, int count, double median) {
    double[] away = new double[count];
    for (int i = 0; i < count; i++) {
      away[i] = Math.abs(values[i] - median);
    }
    return MAD_TO_SIGMA * median(away, count);
  }
}

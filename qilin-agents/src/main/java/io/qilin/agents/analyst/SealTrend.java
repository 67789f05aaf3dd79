package io.qilin.agents.analyst;

import io.qilin.api.error.QilinException;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How fast the orders waiting at limit-up grow or melt: the Theil–Sen slope of the logarithm of the
 * seal amount, that is the median of the slopes of all pairs of observations. A few large
 * cancellations or spoofed orders hardly move it.
 */
public final class SealTrend {
  /** The most observations of one series: 2000, which is four million pairs at most. */
  public static final int MAX_OBSERVATIONS = 2000;

  private SealTrend() {}

  /**
   * The slope per minute.
   *
   * @param minutes times of the observations in trading minutes, lunch left out, in any order
   * @param sealAmounts the seal amount at each time in yuan; observations that are not positive and
   *     finite are left out
   * @return empty if no two observations lie at different times
   * @throws QilinException INVALID_ARGUMENT if the lengths differ; LIMIT_EXCEEDED above
   *     {@link #MAX_OBSERVATIONS}
   */
  public static OptionalDouble perMinute(double[] minutes, double[] sealAmounts) {
    int n = minutes.length;
    if (n != sealAmounts.length) {
      throw QilinException.invalid(n + " times do not fit " + sealAmounts.length + " seal amounts");
    }
    if (n > MAX_OBSERVATIONS) {
      throw new QilinException(
          io.qilin.api.error.ErrorCode.LIMIT_EXCEEDED,
          n + " observations are more than " + MAX_OBSERVATIONS + "; thin them out");
    }
    double[] logs = new double[n];
    Arrays.setAll(logs, i -> StrictMath.log(sealAmounts[i]));
    double[] slopes = new double[n * (n - 1) / 2];
    int found = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double slope = (logs[i] - logs[j]) / (minutes[i] - minutes[j]);
        if (Double.isFinite(slope)) {
          slopes[found++] = slope;
        }
      }
    }
    return found == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(slopes, found));
  }

  /** The median of the first values, which are sorted in place. */
  static double median(double[] values, int count) {
    Arrays.sort(values, 0, count);
    int middle = count / 2;
    return count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}

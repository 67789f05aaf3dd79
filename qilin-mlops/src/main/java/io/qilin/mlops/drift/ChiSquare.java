package io.qilin.mlops.drift;

import io.qilin.api.error.QilinException;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Pearson's χ² test that two lists of counts have the same shares. Bins in which fewer than 5 are expected on one side are put
 * together into one, as Cochran (1954) advises.
 *
 * @param statistic χ²; {@code NaN} if a side is empty
 * @param degrees of freedom; 0 if fewer than two bins are left
 * @param pValue chance of a statistic as large without drift; 1 if there is nothing to compare, {@code NaN} if a side is empty
 * @param cramersV √(χ²/N), here for two rows; an effect size in [0, 1]
 */
public record ChiSquare(double statistic, int degrees, double pValue, double cramersV) {
  private static final double LEAST = 5;

  /**
   * Compares.
   *
   * @throws QilinException INVALID_ARGUMENT if the lists differ in length or a count is negative
   */
  public static ChiSquare of(long[] reference, long[] current) {
    if (reference.length != current.length) {
      throw QilinException.invalid(
          "both sides have the same bins: got " + reference.length + " and " + current.length);
    }
    double n = total(reference);
    double m = total(current);
    if (n == 0 || m == 0) {
      return new ChiSquare(Double.NaN, 0, Double.NaN, Double.NaN);
    }
    double statistic = 0;
    int used = 0;
    double restN = 0;
    double restM = 0;
    for (int i = 0; i < reference.length; i++) {
      double both = reference[i] + (double) current[i];
      if (both * Math.min(n, m) / (n + m) < LEAST) {
        restN += (double) reference[i];
        restM += (double) current[i];
      } else {
        statistic += part((double) reference[i], (double) current[i], n, m);
        used++;
      }
    }
    if (restN + restM > 0) {
      statistic += part(restN, restM, n, m);
      used++;
    }
    if (used < 2) {
      return new ChiSquare(0, 0, 1, 0);
    }
    return new ChiSquare(
        statistic,
        used - 1,
        ChiSquaredDistribution.of(used - 1.0).survivalProbability(statistic),
        Math.min(1, Math.sqrt(statistic / (n + m))));
  }

  private static double part(double a, double b, double n, double m) {
    double expectedN = (a + b) * n / (n + m);
    double expectedM = (a + b) * m / (n + m);
    return (a - expectedN) * (a - expectedN) / expectedN
        + (b - expectedM) * (b - expectedM) / expectedM;
  }

  private static double total(long[] counts) {
    double sum = 0;
    for (long count : counts) {
      if (count < 0) {
        throw QilinException.invalid("a count is 0 or more, was " + count);
      }
      sum += count;
    }
    return sum;
  }
}

package io.qilin.mlops.drift;

import io.qilin.api.error.QilinException;

/**
 * How far two lists of counts over the same bins are apart. A count c of n over B bins stands for the share (c + ½)/(n + B/2),
 * so that an empty bin is no infinity.
 */
public final class Divergence {
  private static final double PRIOR = 0.5;

  private Divergence() {}

  /**
   * The population stability index, the sum of both Kullback–Leibler divergences: Σ (q − p)·ln(q/p). Rules of thumb call 0.1
   * little and 0.25 much; what chance alone gives depends on the sizes, see {@link DriftSignal#chancePsi}.
   *
   * @return 0 or more
   * @throws QilinException INVALID_ARGUMENT if the lists differ in length or are empty, or a count is negative
   */
  public static double psi(long[] reference, long[] current) {
    double[] p = shares(reference, current.length);
    double[] q = shares(current, reference.length);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += (q[i] - p[i]) * StrictMath.log(q[i] / p[i]);
    }
    return sum;
  }

  /**
   * The Jensen–Shannon divergence (Lin 1991) in bits: the mean of both divergences from the middle.
   *
   * @return in [0, 1]
   * @throws QilinException INVALID_ARGUMENT if the lists differ in length or are empty, or a count is negative
   */
  public static double jensenShannon(long[] reference, long[] current) {
    double[] p = shares(reference, current.length);
    double[] q = shares(current, reference.length);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double middle = (p[i] + q[i]) / 2;
      sum += p[i] * StrictMath.log(p[i] / middle) + q[i] * StrictMath.log(q[i] / middle);
    }
    return Math.max(0, Math.min(1, sum / 2 / StrictMath.log(2)));
  }

  private static double[] shares(long[] counts, int other) {
    if (counts.length == 0 || counts.length != other) {
      throw QilinException.invalid(
          "both sides have the same bins, at least one: got " + counts.length + " and " + other);
    }
    double total = 0;
    for (long count : counts) {
      if (count < 0) {
        throw QilinException.invalid("a count is 0 or more, was " + count);
      }
      total += count;
    }
    double[] shares = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      shares[i] = (counts[i] + PRIOR) / (total + PRIOR * counts.length);
    }
    return shares;
  }
}

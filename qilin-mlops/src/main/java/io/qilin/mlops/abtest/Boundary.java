package io.qilin.mlops.abtest;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** How far a sum strays from its mean at any moment, at most, with a given chance. */
final class Boundary {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final double ETA = 2;
  private static final double S = 1.4;
  /** ζ(1.4). */
  private static final double ZETA = 3.105547277977581;

  private final double chance;
  private final double a;

  /** For sums that may go beyond with the chance given, both sides together. */
  Boundary(double chance) {
    this.chance = chance;
    this.a = root(chance);
  }

  /**
   * Robbins and Siegmund (1970): Brownian motion ever leaves ± √t·√(a² + ln(t/m)) after time m with the chance 2·(1 − Φ(a) +
   * a·φ(a)). Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2021) carry it over to sums with an estimated variance.
   *
   * @param time t, at least the start
   * @param start m
   * @return how many standard errors
   */
  double delayed(double time, double start) {
    return Math.sqrt(a * a + StrictMath.log(Math.max(1, time / start)));
  }

  private static double root(double chance) {
    double low = 0;
    double high = 40;
    for (int i = 0; i < 100; i++) {
      double a = (low + high) / 2;
      if (2 * (NORMAL.survivalProbability(a) + a * NORMAL.density(a)) > chance) {
        low = a;
      } else {
        high = a;
      }
    }
    return high;
  }

  /**
   * The stitched boundary of Howard, Ramdas, McAuliffe and Sekhon (2021), equation (10) and theorem 4, with η = 2, s = 1.4, m =
   * 1: how far a sum of bounded terms is from the sum of their conditional means, at any time. No sample is too small.
   *
   * @param variance V, the sum of squares about predictable guesses
   * @param range c, how wide the terms' range is
   */
  double stitched(double variance, double range) {
    double v = Math.max(1, variance);
    double l = S * StrictMath.log(StrictMath.log(ETA * v))
        + StrictMath.log(ZETA / (chance / 2 * StrictMath.pow(StrictMath.log(ETA), S)));
    double k1 = (StrictMath.pow(ETA, 0.25) + StrictMath.pow(ETA, -0.25)) / Math.sqrt(2);
    double k2 = (Math.sqrt(ETA) + 1) / 2;
    return Math.sqrt(k1 * k1 * v * l + k2 * k2 * range * range * l * l) + k2 * range * l;
  }
}

package io.qilin.mlops.drift;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * The population stability index that chance alone exceeds with a given probability, when nothing has drifted and the bins of
 * the reference hold equally many values. For many values a bin it is χ²(B−1)·(1/n + 1/m) (Yurdakul 2018), else it is
 * simulated. Remembers what it has simulated; not thread-safe.
 */
final class ChancePsi {
  private static final int DRAWS = 1_000;
  /** Expected values a bin from which the formula is good. */
  private static final int MANY = 20;

  private record Sizes(long reference, long current, int bins) {}

  private final double chance;
  private final long seed;
  private final Map<Sizes, Double> simulated = new HashMap<>();

  ChancePsi(double chance, long seed) {
    this.chance = chance;
    this.seed = seed;
  }

  double of(double reference, double current, int bins) {
    if (bins < 2 || !(reference >= 1) || !(current >= 1)) {
      return Double.NaN;
    }
    if (Math.min(reference, current) >= (double) MANY * bins) {
      return ChiSquaredDistribution.of(bins - 1.0).inverseSurvivalProbability(chance)
          * (1 / reference + 1 / current);
    }
    // Beyond this a larger sample changes little, and would only take time.
    long most = 100L * bins;
    Sizes sizes =
        new Sizes(Math.min(most, Math.round(reference)), Math.min(most, Math.round(current)), bins);
    return simulated.computeIfAbsent(sizes, this::simulate);
  }

  private double simulate(Sizes sizes) {
    SplittableRandom random =
        new SplittableRandom(seed ^ (sizes.reference() * 31 + sizes.current()) * 31 + sizes.bins());
    double[] values = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      values[i] = Divergence.psi(
          drawn(random, sizes.reference(), sizes.bins()),
          drawn(random, sizes.current(), sizes.bins()));
    }
    Arrays.sort(values);
    return values[(int) Math.min(DRAWS - 1, Math.ceil((1 - chance) * DRAWS))];
  }

  private static long[] drawn(SplittableRandom random, long size, int bins) {
    long[] counts = new long[bins];
    for (long i = 0; i < size; i++) {
      counts[random.nextInt(bins)]++;
    }
    return counts;
  }
}

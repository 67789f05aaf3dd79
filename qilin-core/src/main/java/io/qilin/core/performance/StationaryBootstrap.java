package io.qilin.core.performance;

import io.qilin.api.error.QilinException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Resamples a series in blocks of random length, which keeps most of the dependence of neighbouring days: the stationary
 * bootstrap of Politis and Romano, JASA 89 (1994). Each day of a resample follows the day before it in the series, or with
 * the chance 1 / mean block it is a random one; after the last day comes the first.
 *
 * <p>Equal settings and series give equal intervals, to the bit. Immutable and safe to share.
 *
 * @param seed of the random numbers
 * @param resamples how many, at least 100
 * @param meanBlock mean length of a block in days, at least 1; 20 is about a month
 * @param confidence the part of the resamples within an interval, in (0, 1)
 */
public record StationaryBootstrap(long seed, int resamples, double meanBlock, double confidence) {
  private static final int FEWEST = 100;

  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT for a value outside its range
   */
  public StationaryBootstrap {
    if (resamples < FEWEST || !(meanBlock >= 1) || !(confidence > 0 && confidence < 1)) {
      throw QilinException.invalid("a bootstrap has " + FEWEST
          + " resamples or more, blocks of 1 day or more and a confidence in (0, 1); got "
          + resamples + " resamples, blocks of " + meanBlock + ", confidence " + confidence);
    }
  }

  /** 2000 resamples, blocks of 20 days, confidence 0.95. */
  public static StationaryBootstrap of(long seed) {
    return new StationaryBootstrap(seed, 2000, 20, 0.95);
  }

  /**
   * The interval of a figure by percentiles of the resamples, interpolated linearly. Resamples in which the figure is
   * {@code NaN} are left out; if that is more than half of them, the interval is not known.
   *
   * @param series the returns; days whose return is {@code NaN} are left out
   * @param figure of a series; must not keep or change the array
   */
  public Interval interval(ReturnSeries series, ToDoubleFunction<double[]> figure) {
    double[] data = series.known().values();
    double estimate = figure.applyAsDouble(data.clone());
    if (data.length == 0) {
      return new Interval(estimate, Double.NaN, Double.NaN, confidence, 0);
    }
    Random random = new Random(seed);
    double[] sample = new double[data.length];
    double[] figures = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      resample(data, sample, random);
      figures[i] = figure.applyAsDouble(sample);
    }
    double[] known =
        Arrays.stream(figures).filter(f -> !Double.isNaN(f)).sorted().toArray();
    boolean enough = known.length * 2 > resamples;
    double tail = (1 - confidence) / 2;
    return new Interval(
        estimate,
        enough ? percentile(known, tail) : Double.NaN,
        enough ? percentile(known, 1 - tail) : Double.NaN,
        confidence,
        known.length);
  }

  private void resample(double[] data, double[] sample, Random random) {
    int at = random.nextInt(data.length);
    for (int i = 0; i < sample.length; i++) {
      if (i > 0) {
        boolean jump = random.nextDouble() * meanBlock < 1;
        at = jump ? random.nextInt(data.length) : (at + 1) % data.length;
      }
      sample[i] = data[at];
    }
  }

  private static double percentile(double[] sorted, double part) {
    double place = part * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] == sorted[above]
        ? sorted[below]
        : sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}

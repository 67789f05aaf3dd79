package io.qilin.agents.analyst;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The mood of the market in five dimensions, each on [0, 1], and the phase that follows. Every
 * measure of a day is ranked among the 250 days up to it. Immutable.
 */
final class MarketCycle {
  static final int BREADTH = 0;
  static final int HEIGHT = 1;
  static final int SURVIVAL = 2;
  static final int PREMIUM = 3;
  static final int LIQUIDITY = 4;

  private static final int DIMENSIONS = 5;
  private static final int ENOUGH_DIMENSIONS = 3;
  private static final int SLOPE_DAYS = 3;
  private static final int LIQUIDITY_DAYS = 20;

  /** Two measures for each dimension, of which the first is shown as its raw value. */
  private final double[][] first = new double[DIMENSIONS][];

  private final double[][] second = new double[DIMENSIONS][];
  private final int last;
  private final double[] levels;

  MarketCycle(MarketDays days, int minShares) {
    last = days.size() - 1;
    set(BREADTH, days, minShares, MarketDay::breadth, MarketDay::advanceShare);
    set(HEIGHT, days, minShares, MarketDay::longestStreak, MarketDay::promotion);
    set(SURVIVAL, days, minShares, MarketDay::survival, MarketDay::unhurt);
    set(PREMIUM, days, minShares, MarketDay::openPremium, MarketDay::followReturn);
    first[LIQUIDITY] = ratios(days.values(minShares, MarketDay::amount));
    second[LIQUIDITY] = first[LIQUIDITY];
    levels = new double[days.size()];
    Arrays.fill(levels, Double.NaN);
    for (int d = Math.max(0, last - MarketDays.LEAD + 1); d <= last; d++) {
      levels[d] = levelOf(d);
    }
  }

  private void set(
      int dimension,
      MarketDays days,
      int minShares,
      ToDoubleFunction<MarketDay> one,
      ToDoubleFunction<MarketDay> other) {
    first[dimension] = days.values(minShares, one);
    second[dimension] = days.values(minShares, other);
  }

  /** Each day's amount over the mean of the 20 days up to it. */
  private static double[] ratios(double[] amounts) {
    double[] out = new double[amounts.length];
    for (int d = 0; d < out.length; d++) {
      double sum = d < LIQUIDITY_DAYS - 1 ? Double.NaN : 0;
      for (int k = Math.max(0, d - LIQUIDITY_DAYS + 1); k <= d; k++) {
        sum += amounts[k];
      }
      double ratio = amounts[d] * LIQUIDITY_DAYS / sum;
      out[d] = Double.isFinite(ratio) ? ratio : Double.NaN;
    }
    return out;
  }

  /** The measure of the last day that a dimension shows; {@code NaN} if not known. */
  double raw(int dimension) {
    return first[dimension][last];
  }

  /** A dimension of the last day on [0, 1]; {@code NaN} if not known. */
  double value(int dimension) {
    return value(dimension, last);
  }

  private double value(int dimension, int day) {
    double one = MarketMood.rank(first[dimension], day);
    double other = MarketMood.rank(second[dimension], day);
    return Double.isNaN(one) ? other : Double.isNaN(other) ? one : (one + other) / 2;
  }

  private double levelOf(int day) {
    double sum = 0;
    int known = 0;
    for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
      double value = value(dimension, day);
      sum += Double.isNaN(value) ? 0 : value;
      known += Double.isNaN(value) ? 0 : 1;
    }
    return known < ENOUGH_DIMENSIONS ? Double.NaN : sum / known;
  }

  /** The mean of the known dimensions of the last day; {@code NaN} if fewer than 3 are known. */
  double level() {
    return levels[last];
  }

  /** The phase: the last one that held on two days running; empty if there was none. */
  Optional<MarketPhase> phase() {
    return phase(levels);
  }

  /** As {@link #phase()}, for levels with one value a day. */
  static Optional<MarketPhase> phase(double[] levels) {
    MarketPhase later = null;
    for (int d = levels.length - 1; d >= SLOPE_DAYS; d--) {
      MarketPhase phase = alone(levels[d], levels[d] - levels[d - SLOPE_DAYS]);
      if (phase != null && phase == later) {
        return Optional.of(phase);
      }
      later = phase;
    }
    return Optional.empty();
  }

  private static @Nullable MarketPhase alone(double level, double slope) {
    return Double.isNaN(slope) ? null : MarketPhase.of(level, slope);
  }
}

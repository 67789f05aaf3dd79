package io.qilin.core.factor;

import io.qilin.api.error.QilinException;
import io.qilin.core.internal.Normal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * P-values corrected for the number of factors that were tried. Who tries a hundred useless factors finds one with a
 * t-statistic above 2.5; these figures say what remains.
 *
 * <p>With m trials and the p-values in ascending order, p(1) ≤ p(2) ≤ …:
 *
 * <ul>
 *   <li>Bonferroni–Holm (Holm 1979), chance of any false find: max over j ≤ i of (m − j + 1)·p(j), at most 1;
 *   <li>Benjamini–Hochberg (1995), share of false finds among the finds: min over j ≥ i of m·p(j)/j, at most 1; holds for
 *       independent or positively dependent factors.
 * </ul>
 *
 * <p>Trials without a p-value, also those that are not in the study, count as if theirs were 1. Immutable.
 */
public final class MultipleTesting {
  /** Euler's constant. */
  private static final double GAMMA = 0.5772156649015329;

  private final int trials;
  private final double[] holm;
  private final double[] hochberg;

  private MultipleTesting(int trials, double[] holm, double[] hochberg) {
    this.trials = trials;
    this.holm = holm;
    this.hochberg = hochberg;
  }

  /**
   * Corrects.
   *
   * @param pValues one a factor, in [0, 1]; {@code NaN} where there is none
   * @param trials m, at least as many as there are p-values
   * @throws QilinException INVALID_ARGUMENT for too few trials or a p-value outside its range
   */
  public static MultipleTesting of(double[] pValues, int trials) {
    if (trials < Math.max(1, pValues.length)) {
      throw QilinException.invalid("trials count every factor that was tried: at least "
          + Math.max(1, pValues.length) + ", was " + trials);
    }
    for (double p : pValues) {
      if (p < 0 || p > 1) {
        throw QilinException.invalid("a p-value is in [0, 1], was " + p);
      }
    }
    List<Integer> order = IntStream.range(0, pValues.length)
        .filter(i -> !Double.isNaN(pValues[i]))
        .boxed()
        .sorted(Comparator.comparingDouble(i -> pValues[i]))
        .toList();
    double[] holm = new double[pValues.length];
    double[] hochberg = new double[pValues.length];
    Arrays.fill(holm, Double.NaN);
    Arrays.fill(hochberg, Double.NaN);
    double most = 0;
    for (int j = 0; j < order.size(); j++) {
      most = Math.max(most, Math.min(1, (trials - (double) j) * pValues[order.get(j)]));
      holm[order.get(j)] = most;
    }
    double least = 1;
    for (int j = order.size() - 1; j >= 0; j--) {
      least = Math.min(least, trials * pValues[order.get(j)] / (j + 1));
      hochberg[order.get(j)] = least;
    }
    return new MultipleTesting(trials, holm, hochberg);
  }

  /** m. */
  public int trials() {
    return trials;
  }

  /** The p-value of the factor of that place after Bonferroni–Holm. */
  public double holm(int factor) {
    return holm[factor];
  }

  /** The p-value of the factor of that place after Benjamini–Hochberg. */
  public double benjaminiHochberg(int factor) {
    return hochberg[factor];
  }

  /**
   * About how large the largest |t| is expected to be if every trial is useless and independent of the others:
   * (1 − γ)·q(1/m) + γ·q(1/(m·e)), with q(a) what |t| exceeds with the chance a (Bailey and López de Prado 2014, here
   * for both signs).
   */
  public double expectedLargest() {
    return trials == 1
        ? Math.sqrt(2 / Math.PI)
        : (1 - GAMMA) * Normal.exceededWith(1.0 / trials)
            + GAMMA * Normal.exceededWith(1 / (trials * Math.E));
  }

  /**
   * The |t| that the best of m independent useless trials exceeds with the chance given: Šidák's threshold.
   *
   * @param chance in (0, 1), for example 0.05
   * @throws QilinException INVALID_ARGUMENT outside that range
   */
  public double threshold(double chance) {
    if (!(chance > 0 && chance < 1)) {
      throw QilinException.invalid("a chance is in (0, 1), was " + chance);
    }
    return Normal.exceededWith(-StrictMath.expm1(StrictMath.log1p(-chance) / trials));
  }
}

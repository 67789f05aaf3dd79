package io.qilin.core.performance;

import io.qilin.core.internal.Normal;
import java.util.Objects;

/**
 * A Sharpe ratio corrected for the number of strategies that were tried, after Bailey and López de Prado, "The deflated
 * Sharpe ratio", Journal of Portfolio Management 40(5) (2014).
 *
 * <p>The best of N trials without any skill is expected to have the ratio SR0 = √V·((1 − γ)·Φ⁻¹(1 − 1/N) + γ·Φ⁻¹(1 −
 * 1/(N·e))), with V the variance of the trials' ratios and γ Euler's constant; one trial alone has 0. The deflated ratio is
 * the chance that the true ratio is above SR0.
 *
 * @param trials N and V
 * @param expectedBest SR0, per period; {@code NaN} if the variance is not known
 * @param probability the deflated ratio; above 0.95 counts as evidence; {@code NaN} if it is not known
 */
public record DeflatedSharpe(TrialCount trials, double expectedBest, double probability) {
  /** Euler's constant. */
  private static final double GAMMA = 0.5772156649015329;

  /** Checks that the trials are there. */
  public DeflatedSharpe {
    Objects.requireNonNull(trials, "trials");
  }

  /**
   * Deflates.
   *
   * @param estimate of the strategy that was chosen
   * @param trials how many were tried, in the same period (day) as the estimate
   */
  public static DeflatedSharpe of(SharpeEstimate estimate, TrialCount trials) {
    double best = expectedBest(trials);
    return new DeflatedSharpe(trials, best, estimate.probabilityAbove(best));
  }

  private static double expectedBest(TrialCount trials) {
    double n = trials.trials();
    return n == 1
        ? 0
        : Math.sqrt(trials.sharpeVariance())
            * ((1 - GAMMA) * -Normal.quantile(1 / n) + GAMMA * -Normal.quantile(1 / (n * Math.E)));
  }
}

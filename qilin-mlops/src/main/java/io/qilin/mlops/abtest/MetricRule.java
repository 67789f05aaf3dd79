package io.qilin.mlops.abtest;

import io.qilin.api.error.QilinException;
import java.util.Objects;

/**
 * A metric and how small an effect does not matter.
 *
 * @param metric what is measured
 * @param margin 0 or more, in the unit of the effect. An effect that is shown to lie within ± margin is none; a guard is broken
 *     when an arm is shown to be worse by more than it
 */
public record MetricRule(TestMetric metric, double margin) {
  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT for a negative or infinite margin
   */
  public MetricRule {
    Objects.requireNonNull(metric, "metric");
    if (!(margin >= 0) || Double.isInfinite(margin)) {
      throw QilinException.invalid("a margin is 0 or more, was " + margin + " for " + metric);
    }
  }
}

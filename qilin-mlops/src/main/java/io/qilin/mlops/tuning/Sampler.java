package io.qilin.mlops.tuning;

import io.qilin.api.error.QilinException;

/** How the values of the next trial are found. */
public sealed interface Sampler {
  /** Draws each value by itself, evenly over its range or its logarithm. */
  record RandomSearch() implements Sampler {}

  /**
   * Tree-structured Parzen estimator (Bergstra, Bardenet, Bengio and Kégl 2011, Algorithms for Hyper-Parameter Optimization):
   * for each parameter by itself, one density of the values of the best trials and one of the others; of several values drawn
   * from the first the one is taken at which the ratio of the two is greatest. The defaults are Optuna's: the best
   * min(⌈0.1 n⌉, 25) of n trials are good, each value has a Gaussian cut at the ends of the range, as wide as the greater
   * distance to its neighbours but not narrower than the range / min(100, n + 1), the range itself has one of weight 1, and
   * trials older than the last 25 count for less.
   *
   * @param startupTrials trials are drawn at random until so many have ended complete or pruned, at least 1
   * @param candidates how many values are drawn to take the best of, 1 to 10,000
   * @param priorWeight how much the range itself counts beside the trials, above 0
   */
  record Tpe(int startupTrials, int candidates, double priorWeight) implements Sampler {
    /** 10 trials at random, 24 candidates, weight 1. */
    public static final Tpe DEFAULT = new Tpe(10, 24, 1);

    /**
     * Checks.
     *
     * @throws QilinException INVALID_ARGUMENT naming the fault
     */
    public Tpe {
      if (startupTrials < 1 || candidates < 1 || candidates > 10_000) {
        throw QilinException.invalid("TPE begins with 1 or more trials at random and draws 1 to"
            + " 10,000 candidates, was " + startupTrials + " and " + candidates);
      }
      if (!(priorWeight > 0) || Double.isInfinite(priorWeight)) {
        throw QilinException.invalid(
            "the weight of the range is above 0 and finite, was " + priorWeight);
      }
    }
  }
}

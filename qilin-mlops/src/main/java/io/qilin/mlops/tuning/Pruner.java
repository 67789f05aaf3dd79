package io.qilin.mlops.tuning;

import io.qilin.api.error.QilinException;

/**
 * When a trial is stopped before its end. It is held against the reports of the batches before its own, never against trials
 * that run beside it: so what is stopped does not depend on the number of threads.
 */
public sealed interface Pruner {
  /** Stops nothing. */
  record None() implements Pruner {}

  /**
   * Stops a trial whose best report so far is worse than the median of the others' at the same step (Golovin et al. 2017,
   * Google Vizier, in the form that Optuna made usual).
   *
   * @param startupTrials nothing is stopped before so many trials are complete, at least 1
   * @param warmupSteps nothing is stopped before this step
   */
  record Median(int startupTrials, long warmupSteps) implements Pruner {
    /** After 5 trials, from the first step on. */
    public static final Median DEFAULT = new Median(5, 0);

    /**
     * Checks.
     *
     * @throws QilinException INVALID_ARGUMENT naming the fault
     */
    public Median {
      if (startupTrials < 1 || warmupSteps < 0) {
        throw QilinException.invalid("the median needs 1 or more trials and a first step from 0,"
            + " was " + startupTrials + " and " + warmupSteps);
      }
    }
  }

  /**
   * Asynchronous successive halving (Li, Jamieson et al. 2018, A System for Massively Parallel Hyperparameter Tuning) in the
   * form that stops trials instead of pausing them: at the rungs r, rη, rη² … a trial goes on only if it is among the best 1/η
   * of all that came to the rung before, or the best while they are fewer than η.
   *
   * @param firstRung r, the first step at which trials are compared, at least 1
   * @param reductionFactor η, at least 2
   */
  record SuccessiveHalving(long firstRung, int reductionFactor) implements Pruner {
    /** From step 1 on, a quarter goes on. */
    public static final SuccessiveHalving DEFAULT = new SuccessiveHalving(1, 4);

    /**
     * Checks.
     *
     * @throws QilinException INVALID_ARGUMENT naming the fault
     */
    public SuccessiveHalving {
      if (firstRung < 1 || reductionFactor < 2) {
        throw QilinException.invalid("the first rung is 1 or more and the factor 2 or more, was "
            + firstRung + " and " + reductionFactor);
      }
    }
  }
}

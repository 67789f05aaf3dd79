package io.qilin.mlops.tuning;

import java.util.Objects;

/**
 * What became of a trial.
 *
 * @param number from 0
 * @param state how it ended
 * @param values what was tried
 * @param value what the objective gave; for a PRUNED one its last report; {@code NaN} for others
 * @param failure why it FAILED; empty for others
 */
public record TrialResult(
    int number, TrialState state, TrialValues values, double value, String failure) {
  /** Checks that all are there. */
  public TrialResult {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(failure, "failure");
  }
}

package io.qilin.mlops.tuning;

import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;

/** One trial while it runs. Confined to the thread that evaluates it, except for {@link #cancellation}. */
public interface Trial {
  /** Which trial of the study this is, from 0. */
  int number();

  /** What to try. */
  TrialValues values();

  /** The seed of all that the trial draws: made of the study's seed and the number. */
  long seed();

  /** Asked at least every 100 ms; a trial that is cancelled throws CANCELLED and is run again when the study goes on. */
  Cancellation cancellation();

  /**
   * Tells how good the model is so far.
   *
   * @param step for example the number of trees; greater than any before
   * @param value in the measure of the objective; {@code NaN} if it is not known, which stops nothing
   * @return false if the trial is to stop: others were better at this step. Stop then and return; the trial is PRUNED
   * @throws QilinException INVALID_ARGUMENT for a step that is not greater or negative; LIMIT_EXCEEDED after 1,000 reports
   */
  boolean report(long step, double value);
}

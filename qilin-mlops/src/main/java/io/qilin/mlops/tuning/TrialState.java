package io.qilin.mlops.tuning;

/** How a trial ended. */
public enum TrialState {
  /** It was begun and has not ended; a study that goes on runs it again. */
  RUNNING,
  /** It gave a value. */
  COMPLETE,
  /** It was stopped because others were better at the same step. */
  PRUNED,
  /** It threw, or gave what is not finite. */
  FAILED
}

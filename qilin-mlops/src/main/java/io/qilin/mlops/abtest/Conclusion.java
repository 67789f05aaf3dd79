package io.qilin.mlops.abtest;

/** Where a test stands. All but {@link #CONTINUE} end it. */
public enum Conclusion {
  /** Nothing is decided. */
  CONTINUE,
  /** An arm is shown to be better on the primary metric, and not to break a guard. */
  WINNER,
  /** Every arm is shown to be worse than the control, or not better by more than the margin, and one at least worse. */
  CONTROL,
  /** Every arm is shown to differ from the control by no more than the margin. */
  NO_DIFFERENCE,
  /** The end of the plan has come. */
  INCONCLUSIVE,
  /** The arms have other shares of the observations than were planned: some are lost or sent wrongly, so nothing follows. */
  SPLIT_BROKEN
}

package io.qilin.agents.evaluation;

/** What is asked of a share in the session for which it was judged. Values are fractions or 0 and 1. */
public enum OutcomeLabel {
  /** Whether it closes at limit-up (1 or 0). */
  SEALED_NEXT,
  /** Whether it reaches limit-up (1 or 0). */
  TOUCHED_NEXT,
  /** The opening price against the close before, less 1; a hit if positive. */
  OPEN_PREMIUM,
  /**
   * The return from the opening of the session to the opening of the next day on which it can be sold
   * (T+1), before fees; a hit if positive.
   */
  NEXT_OPEN_RETURN;

  /** Whether a value counts as a hit. */
  boolean hit(double value) {
    return value > 0;
  }
}

package io.qilin.agents.analyst;

/**
 * Where the market stands in the cycle of its mood (情绪周期), from the level of the mood on [0, 1] and
 * its change over three days. See {@link MarketEcologyAnalyst} for the levels.
 */
public enum MarketPhase {
  /** Nearly nobody dares (冰点): the level is below 0.20. */
  ICE,
  /** Courage returns (修复): below 0.50 and not falling. */
  REPAIR,
  /** Most attempts succeed (上升): 0.50 to 0.80 and not falling. */
  RISE,
  /** Everything succeeds (高潮): 0.80 or more and not falling. */
  CLIMAX,
  /** The strong go on, the rest give way (分歧): 0.50 or more and falling. */
  DIVERGENCE,
  /** Attempts fail (退潮): below 0.50 and falling. */
  EBB;

  private static final double LOW = 0.20;
  private static final double MIDDLE = 0.50;
  private static final double HIGH = 0.80;

  /**
   * The phase of one day by itself, without regard to the days before.
   *
   * @param level in [0, 1]
   * @param slope the level less that of three days ago
   */
  static MarketPhase of(double level, double slope) {
    if (level < LOW) {
      return ICE;
    }
    if (level < MIDDLE) {
      return slope >= 0 ? REPAIR : EBB;
    }
    if (slope < 0) {
      return DIVERGENCE;
    }
    return level < HIGH ? RISE : CLIMAX;
  }
}

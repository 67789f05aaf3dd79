package io.qilin.agents.analyst;

/** What kind of day a share had, by which the market treats it on the next. */
enum ShareKind {
  /** Sealed at limit-up for the fourth day or more. */
  BOARDS_4,
  /** Sealed for the third day. */
  BOARDS_3,
  /** Sealed for the second day. */
  BOARDS_2,
  /** Sealed for the first day (首板). */
  FIRST_BOARD,
  /** Touched limit-up and did not hold it (炸板). */
  BROKEN,
  /** Closed at limit-down. */
  LIMIT_DOWN,
  /** Rose by 3 % or more. */
  STRONG,
  /** Rose by less, or stood. */
  FIRM,
  /** Fell by less than 3 %. */
  SOFT,
  /** Fell by 3 % or more. */
  WEAK;

  private static final double MOVE = 0.03;

  /** The kind of a day that is known to have come near no limit. */
  static ShareKind ofMove(double dayReturn) {
    if (dayReturn >= MOVE) {
      return STRONG;
    }
    if (dayReturn >= 0) {
      return FIRM;
    }
    return dayReturn > -MOVE ? SOFT : WEAK;
  }

  /** The kind of a day that ended sealed. */
  static ShareKind ofStreak(int streak) {
    return switch (streak) {
      case 0, 1 -> FIRST_BOARD;
      case 2 -> BOARDS_2;
      case 3 -> BOARDS_3;
      default -> BOARDS_4;
    };
  }
}

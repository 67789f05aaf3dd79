package io.qilin.core.factor;

/** Which column of a {@link DaySeries} holds what. First come the figures of the day, then the groups, then the horizons. */
final class Figures {
  static final int KNOWN = 0;
  static final int LISTED = 1;
  static final int PAIRS = 2;
  static final int LONG_SHORT = 3;
  static final int LONG_AVERAGE = 4;
  static final int AUTOCORRELATION = 5;
  static final int RANK_AUTOCORRELATION = 6;
  static final int TURNOVER = 7;
  static final int TOP_BUYABLE = 8;
  static final int TOP_BUYABLE_SHARE = 9;
  static final int LONG_PRECISION = 10;
  static final int SHORT_PRECISION = 11;
  private static final int GROUPS = 12;

  static final int IC = 0;
  static final int RANK_IC = 1;
  static final int NEUTRAL_RANK_IC = 2;
  static final int SPREAD = 3;
  private static final int EACH_HORIZON = 4;

  private Figures() {}

  static int width(int groups, int horizons) {
    return GROUPS + groups + horizons * EACH_HORIZON;
  }

  /** Mean outcome of a group, the lowest is 0. */
  static int group(int group) {
    return GROUPS + group;
  }

  /** A figure of one horizon. */
  static int of(int groups, int horizon, int figure) {
    return GROUPS + groups + horizon * EACH_HORIZON + figure;
  }
}

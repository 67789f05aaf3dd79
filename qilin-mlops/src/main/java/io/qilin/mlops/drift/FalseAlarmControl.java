package io.qilin.mlops.drift;

/** What is done about the many features that are looked at together: of 158, eight cross 5 % by chance. */
public enum FalseAlarmControl {
  /** Nothing: each signal has the rate of false alarms alone. */
  NONE,
  /** Holm (1979): at most so often is any signal of a check false. */
  HOLM,
  /**
   * Benjamini and Hochberg (1995): at most such a share of the signals is false, on average; where nothing drifts, at most so
   * often is there any. For signals that are independent or positively dependent.
   */
  BENJAMINI_HOCHBERG
}

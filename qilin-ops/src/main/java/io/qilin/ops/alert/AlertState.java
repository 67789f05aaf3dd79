package io.qilin.ops.alert;

/** Where a rule stands. */
public enum AlertState {
  /** The last reading was on the right side. */
  OK,
  /** Readings are on the wrong side, but not for long enough yet. */
  PENDING,
  /** Readings were on the wrong side for long enough, and none has cleared it since. */
  FIRING,
  /** The last reading is missing, was no number or from too small a sample: neither fine nor firing. */
  NO_DATA
}

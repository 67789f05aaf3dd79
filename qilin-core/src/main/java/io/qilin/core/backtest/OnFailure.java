package io.qilin.core.backtest;

/** What a backtest does when the strategy throws. */
public enum OnFailure {
  /** The run ends with the failure. */
  STOP,
  /** The strategy gives no orders that day; a finding says why. */
  SKIP_DAY
}

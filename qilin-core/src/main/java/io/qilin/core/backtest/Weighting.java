package io.qilin.core.backtest;

/** How {@link TopK} divides the account among the shares that it chose. */
public enum Weighting {
  /** The same for each. */
  EQUAL,
  /** In proportion to the score; a share whose score is not positive gets nothing. */
  SCORE,
  /**
   * In proportion to one over the volatility of the daily returns of the last 60 days; a share with
   * fewer than 30 known returns gets nothing.
   */
  INVERSE_VOLATILITY
}

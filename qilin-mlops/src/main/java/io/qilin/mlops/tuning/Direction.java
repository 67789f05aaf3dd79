package io.qilin.mlops.tuning;

/** Which value of an objective is better. */
public enum Direction {
  /** The smaller one: a loss. */
  MINIMIZE,
  /** The greater one: a rank IC, a Sharpe ratio. */
  MAXIMIZE;

  /** The value such that smaller is better. */
  double loss(double value) {
    return this == MINIMIZE ? value : -value;
  }
}

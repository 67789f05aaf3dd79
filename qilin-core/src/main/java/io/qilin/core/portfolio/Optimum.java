package io.qilin.core.portfolio;

import java.util.Objects;

/**
 * What an optimiser found.
 *
 * @param weights the weights
 * @param expectedReturn what they are expected to return a period; 0 where no returns were expected
 * @param volatility the standard deviation of their return a period
 * @param turnover the sum of all changes of weight from the current ones, bought and sold
 */
public record Optimum(
    TargetWeights weights, double expectedReturn, double volatility, double turnover) {
  /** Checks that the weights are there. */
  public Optimum {
    Objects.requireNonNull(weights, "weights");
  }
}

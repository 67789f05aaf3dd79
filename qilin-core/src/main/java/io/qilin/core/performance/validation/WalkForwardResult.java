package io.qilin.core.performance.validation;

import io.qilin.core.performance.ReturnSeries;
import java.util.List;
import java.util.Objects;

/**
 * What was chosen in each training and what it brought in the tests.
 *
 * @param splits the windows
 * @param chosen the trial that was chosen in each training
 * @param returns of the tests, one window after the other; {@code NaN} where the chosen trial has no return
 * @param <P> what was varied
 */
public record WalkForwardResult<P>(
    List<Split> splits, List<Trial<P>> chosen, ReturnSeries returns) {
  /** Copies the lists. */
  public WalkForwardResult {
    splits = List.copyOf(splits);
    chosen = List.copyOf(chosen);
    Objects.requireNonNull(returns, "returns");
  }
}

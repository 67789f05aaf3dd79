package io.qilin.core.performance.validation;

import io.qilin.api.error.QilinException;
import io.qilin.core.performance.ReturnSeries;
import io.qilin.core.performance.SharpeEstimate;
import java.util.Objects;
import java.util.Optional;

/**
 * One trial of a sweep: it either has returns or failed.
 *
 * @param number its place among the parameters, from 0
 * @param parameters what was tried
 * @param returns daily, after cost; empty if it failed
 * @param failure why it failed; empty if it did not
 * @param <P> what is varied
 */
public record Trial<P>(
    int number, P parameters, Optional<ReturnSeries> returns, Optional<RuntimeException> failure) {
  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT unless there are either returns or a failure
   */
  public Trial {
    Objects.requireNonNull(parameters, "parameters");
    if (returns.isPresent() == failure.isPresent()) {
      throw QilinException.invalid("trial " + number + " needs either returns or a failure");
    }
  }

  /** Whether it failed. */
  public boolean failed() {
    return failure.isPresent();
  }

  /** Its Sharpe ratio a day, no risk-free rate; {@code NaN} if it failed or its returns do not vary. */
  public double dailySharpe() {
    return returns.map(series -> SharpeEstimate.of(series).ratio()).orElse(Double.NaN);
  }
}

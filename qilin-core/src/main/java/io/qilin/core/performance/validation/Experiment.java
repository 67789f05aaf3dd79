package io.qilin.core.performance.validation;

import io.qilin.api.progress.Cancellation;
import io.qilin.core.performance.ReturnSeries;

/**
 * Runs one strategy. Called from several threads at once if the sweep has an executor; equal parameters must give equal
 * returns.
 *
 * @param <P> what is varied
 */
@FunctionalInterface
public interface Experiment<P> {
  /**
   * The daily returns after cost under some parameters.
   *
   * @param parameters what is tried
   * @param cancellation to be checked from time to time in long work
   */
  ReturnSeries run(P parameters, Cancellation cancellation);
}

package io.qilin.core.backtest;

import io.qilin.api.market.Panel;

/**
 * What a strategy thinks of every share on one day: the higher, the better. As {@link Strategy} it
 * sees the market up to that day only.
 */
@FunctionalInterface
public interface Signal {
  /**
   * The scores at the close of {@code history.lastDay()}.
   *
   * @param history raw prices up to that day
   * @return one score for each of {@code history.symbols()}, {@code NaN} where there is none
   */
  double[] scores(Panel history);
}

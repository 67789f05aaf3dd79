/**
 * Backtests of daily strategies: start with {@link io.qilin.core.backtest.Backtest} for the exact
 * A-share rules and {@link io.qilin.core.backtest.QlibBacktest} for Qlib's.
 */
@NullMarked
package io.qilin.core.backtest;

import org.jspecify.annotations.NullMarked;

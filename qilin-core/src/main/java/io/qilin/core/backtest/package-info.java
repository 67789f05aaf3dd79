/**
 * Backtests of daily strategies: start with {@code Backtest} for the exact
 * A-share rules and {@code QlibBacktest} for Qlib's.
 */
@NullMarked
package io.qilin.core.backtest;

import org.jspecify.annotations.NullMarked;

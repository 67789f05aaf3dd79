/**
 * What a backtest was worth, with honest statistics: start with {@link io.qilin.core.performance.Performance}. How
 * likely it is that a good result was luck say {@link io.qilin.core.performance.SharpeEstimate}, {@link
 * io.qilin.core.performance.DeflatedSharpe} and {@link io.qilin.core.performance.BacktestOverfitting}.
 */
@NullMarked
package io.qilin.core.performance;

import org.jspecify.annotations.NullMarked;

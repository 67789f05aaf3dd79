/**
 * Prices that are comparable over time, and the corporate actions behind them: start with {@link
 * io.qilin.core.adjust.AdjustmentFactors}.
 */
@NullMarked
package io.qilin.core.adjust;

import org.jspecify.annotations.NullMarked;

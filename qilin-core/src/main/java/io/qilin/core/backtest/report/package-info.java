/** A backtest on one page: start with {@link io.qilin.core.backtest.report.TearSheet}. */
@NullMarked
package io.qilin.core.backtest.report;

import org.jspecify.annotations.NullMarked;

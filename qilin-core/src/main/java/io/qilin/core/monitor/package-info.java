/**
 * What was traded and what it was worth, to be looked up and measured: start with
 * {@link io.qilin.core.monitor.BacktestMonitor}.
 */
@NullMarked
package io.qilin.core.monitor;

import org.jspecify.annotations.NullMarked;

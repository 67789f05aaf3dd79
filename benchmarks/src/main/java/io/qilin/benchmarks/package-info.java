/**
 * How fast Qilin is: JMH classes, one question each, and programs that set it beside others in one process. Start with
 * {@link io.qilin.benchmarks.Compare}, and {@link io.qilin.benchmarks.Alpha158Benchmark} for JMH.
 */
@NullMarked
package io.qilin.benchmarks;

import org.jspecify.annotations.NullMarked;

/**
 * What Qilin does, in numbers: start with {@link io.qilin.ops.metrics.QilinMetrics}; every meter stands in {@link
 * io.qilin.ops.metrics.QilinMeter}.
 */
@NullMarked
package io.qilin.ops.metrics;

import org.jspecify.annotations.NullMarked;

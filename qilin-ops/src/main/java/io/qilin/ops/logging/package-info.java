/**
 * Lines that cannot be forged and do no harm: start with {@link io.qilin.ops.logging.LogScope} for what a line is about, and with
 * {@code io.qilin.ops.logging.logback.SampledAppender} where the host logs by Logback.
 */
@NullMarked
package io.qilin.ops.logging;

import org.jspecify.annotations.NullMarked;

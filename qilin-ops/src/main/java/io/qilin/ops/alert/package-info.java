/**
 * Tells people what they should know, once and in time: start with {@link io.qilin.ops.alert.AlertRule} and {@link
 * io.qilin.ops.alert.AlertWatch}, and send through a {@link io.qilin.ops.alert.FanOutSink}.
 */
@NullMarked
package io.qilin.ops.alert;

import org.jspecify.annotations.NullMarked;

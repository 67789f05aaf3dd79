/** Whether the host lives, is ready and has started: start with {@link io.qilin.ops.health.HealthCheck}. */
@NullMarked
package io.qilin.ops.health;

import org.jspecify.annotations.NullMarked;

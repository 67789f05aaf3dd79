/**
 * Whether the host lives, is ready and has started, and what it can tell of itself: start with {@link
 * io.qilin.ops.health.HealthRegistry}.
 */
@NullMarked
package io.qilin.ops.health;

import org.jspecify.annotations.NullMarked;

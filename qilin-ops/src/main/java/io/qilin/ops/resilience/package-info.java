/** Calls of what may fail, hang or be slow: start with {@link io.qilin.ops.resilience.Resilience}. */
@NullMarked
package io.qilin.ops.resilience;

import org.jspecify.annotations.NullMarked;

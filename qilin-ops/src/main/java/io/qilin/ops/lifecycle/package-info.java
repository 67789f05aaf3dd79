/** Starts the parts of a host in order and stops them without losing work: start with {@link io.qilin.ops.lifecycle.Lifecycle}. */
@NullMarked
package io.qilin.ops.lifecycle;

import org.jspecify.annotations.NullMarked;

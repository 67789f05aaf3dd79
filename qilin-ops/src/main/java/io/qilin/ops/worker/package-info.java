/** The threads that this module has, each with an owner: start with {@link io.qilin.ops.worker.Worker}. */
@NullMarked
package io.qilin.ops.worker;

import org.jspecify.annotations.NullMarked;

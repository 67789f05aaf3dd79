/** Expressions as one graph of calculations: start with {@link io.qilin.core.internal.plan.Graph}. */
@NullMarked
package io.qilin.core.internal.plan;

import org.jspecify.annotations.NullMarked;

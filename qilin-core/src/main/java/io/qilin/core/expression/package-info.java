/** Qlib's expression language, parsed and checked: start with {@link io.qilin.core.expression.Expression}. */
@NullMarked
package io.qilin.core.expression;

import org.jspecify.annotations.NullMarked;

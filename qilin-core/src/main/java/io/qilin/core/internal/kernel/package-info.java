/** Calculations over windows of rows: start with {@link io.qilin.core.internal.kernel.Rolling}. */
@NullMarked
package io.qilin.core.internal.kernel;

import org.jspecify.annotations.NullMarked;

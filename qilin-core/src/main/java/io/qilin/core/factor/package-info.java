/** Computes and judges factors: start with {@link io.qilin.core.factor.FactorEngine}. */
@NullMarked
package io.qilin.core.factor;

import org.jspecify.annotations.NullMarked;

/** Factors and their values: start with {@link io.qilin.api.factor.FactorTable}. */
@NullMarked
package io.qilin.api.factor;

import org.jspecify.annotations.NullMarked;

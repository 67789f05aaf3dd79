/** Rules over a data set: start with {@link io.qilin.api.check.QualityCheck}. */
@NullMarked
package io.qilin.api.check;

import org.jspecify.annotations.NullMarked;

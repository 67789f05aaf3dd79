/**
 * Tuning: search the values with which a model does best, and count honestly how many were tried. Start at {@link
 * io.qilin.mlops.tuning.Study}.
 */
@NullMarked
package io.qilin.mlops.tuning;

import org.jspecify.annotations.NullMarked;

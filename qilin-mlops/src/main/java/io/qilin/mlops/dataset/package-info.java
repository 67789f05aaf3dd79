/**
 * Data sets: from tables of factors and labels, through processors as Qlib has them, to rows that a trainer takes. Start at
 * {@link io.qilin.mlops.dataset.ProcessorChain}.
 *
 * <p>Source of all formulas: Qlib, {@code qlib/data/dataset/processor.py} and {@code handler.py} at v0.9.7.
 */
@NullMarked
package io.qilin.mlops.dataset;

import org.jspecify.annotations.NullMarked;

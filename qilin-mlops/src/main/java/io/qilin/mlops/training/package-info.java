/**
 * Training: what a trainer is given to tell how it goes, and models that learn row by row. Start at {@link
 * io.qilin.mlops.training.TrainingContext}.
 */
@NullMarked
package io.qilin.mlops.training;

import org.jspecify.annotations.NullMarked;

/**
 * Training: trainers, what they are given and what they make, the models that can be read again, and models that learn row by
 * row. Start at {@link io.qilin.mlops.training.Trainers} and {@link io.qilin.mlops.training.Trainer}.
 */
@NullMarked
package io.qilin.mlops.training;

import org.jspecify.annotations.NullMarked;

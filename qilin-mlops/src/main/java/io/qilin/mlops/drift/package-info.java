/**
 * Drift: whether what a model sees, or how well it does, is no longer what it was. Start at {@link
 * io.qilin.mlops.drift.DriftCheck} for columns that are compared now and then, and at {@link
 * io.qilin.mlops.drift.ChangeDetector} for a stream of losses; {@link io.qilin.mlops.drift.RetrainingPolicy} says what follows.
 */
@NullMarked
package io.qilin.mlops.drift;

import org.jspecify.annotations.NullMarked;

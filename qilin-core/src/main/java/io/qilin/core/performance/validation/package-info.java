/**
 * Trying strategies without fooling oneself: {@link io.qilin.core.performance.validation.WalkForward} and {@link
 * io.qilin.core.performance.validation.PurgedFolds} cut time into training and test, {@link
 * io.qilin.core.performance.validation.ParameterSweep} runs trials and counts them.
 */
@NullMarked
package io.qilin.core.performance.validation;

import org.jspecify.annotations.NullMarked;

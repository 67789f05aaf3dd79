/**
 * Were the decisions any good: start with {@link io.qilin.agents.evaluation.OutcomeTable}.
 */
@NullMarked
package io.qilin.agents.evaluation;

import org.jspecify.annotations.NullMarked;

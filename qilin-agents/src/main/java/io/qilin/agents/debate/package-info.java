/**
 * Argument for and against the best shares, by rules or by language models: start with {@link
 * io.qilin.agents.debate.Debate}.
 */
@NullMarked
package io.qilin.agents.debate;

import org.jspecify.annotations.NullMarked;

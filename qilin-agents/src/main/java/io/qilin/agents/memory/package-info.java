/**
 * What became of earlier decisions: start with {@link io.qilin.agents.memory.DecisionMemory}.
 */
@NullMarked
package io.qilin.agents.memory;

import org.jspecify.annotations.NullMarked;

/**
 * What a desk is doing, for people and meters: start with {@link io.qilin.agents.monitor.DeskEvents}
 * and {@link io.qilin.agents.monitor.ObservedLlmClient}.
 */
@NullMarked
package io.qilin.agents.monitor;

import org.jspecify.annotations.NullMarked;

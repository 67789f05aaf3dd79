/**
 * Language models over the network: start with {@link io.qilin.agents.llm.OpenAiCompatibleProvider} for one model and {@link
 * io.qilin.agents.llm.LlmRouter} for several.
 */
@NullMarked
package io.qilin.agents.llm;

import org.jspecify.annotations.NullMarked;

/**
 * Clients of language models: start with {@link io.qilin.agents.llm.OpenAiCompatibleProvider} for one model and {@link
 * io.qilin.agents.llm.LlmRouter} for several; {@link io.qilin.agents.llm.BudgetedClient} keeps to a budget, {@link
 * io.qilin.agents.llm.CassetteClient} records and replays.
 */
@NullMarked
package io.qilin.agents.llm;

import org.jspecify.annotations.NullMarked;

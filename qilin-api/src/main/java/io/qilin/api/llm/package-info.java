/** Language models: start with {@link io.qilin.api.llm.LlmClient}. */
@NullMarked
package io.qilin.api.llm;

import org.jspecify.annotations.NullMarked;

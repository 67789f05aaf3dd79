/**
 * LangChain4j on both sides of Qilin: any of its chat models as a language model, see {@link io.qilin.langchain4j.ChatModelClient},
 * and the analysts as tools for its agents, see {@link io.qilin.langchain4j.AnalystTools}.
 */
@NullMarked
package io.qilin.langchain4j;

import org.jspecify.annotations.NullMarked;

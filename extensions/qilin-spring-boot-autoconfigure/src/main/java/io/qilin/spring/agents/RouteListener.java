package io.qilin.spring.agents;

import io.qilin.agents.llm.LlmRoute;
import java.util.function.Consumer;

/** A bean that is told what came of each question to a language model. Must not block. */
@FunctionalInterface
public interface RouteListener extends Consumer<LlmRoute> {}

package io.qilin.agents.llm;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What is the same for all calls of a router. */
record LlmRouterTerms(
    LongSupplier ticker,
    Optional<Executor> executor,
    Optional<Duration> hedgeAfter,
    Optional<LlmFallback> fallback,
    Consumer<LlmRoute> listener) {}

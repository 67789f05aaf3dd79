package io.qilin.data.failover;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/** What all queries of a chain have in common. */
record ChainTerms(
    Executor executor,
    Clock clock,
    LongSupplier ticker,
    Waiting waiting,
    Duration deadline,
    Optional<Duration> hedgeAfter,
    AnswerCheck check) {}

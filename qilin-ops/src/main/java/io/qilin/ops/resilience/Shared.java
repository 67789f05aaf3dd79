package io.qilin.ops.resilience;

import io.qilin.api.error.QilinException;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** What all calls of one dependency work with. Safe for use by several threads, as its parts are. */
record Shared(
    Gate gate,
    Executor executor,
    Clock clock,
    Random random,
    Predicate<QilinException> isTransient) {}

package io.qilin.ops.worker;

import java.util.Optional;

/**
 * How a worker is.
 *
 * @param name its name, also that of its thread
 * @param alive whether a thread works
 * @param steps pieces of work done without a failure
 * @param failures pieces of work that failed
 * @param restarts threads that ended without being asked to and were followed by another
 * @param lastFailure the newest failure, by its message if it is a QilinException and else by its class; empty once a later step went well
 */
public record WorkerStatus(
    String name,
    boolean alive,
    long steps,
    long failures,
    long restarts,
    Optional<String> lastFailure) {}

package io.qilin.mlops.serving;

/**
 * How long calls took. A percentile is at most one sixteenth above the true one.
 *
 * @param calls calls that gave scores
 * @param rows the rows of these calls
 * @param standby how many of the calls the standby version answered
 * @param failures calls that threw
 * @param meanNanos mean of the calls that gave scores; {@code NaN} without any
 * @param p50Nanos half of them took no longer; 0 without any
 * @param p99Nanos 99 of 100 took no longer; 0 without any
 * @param maxNanos the longest; 0 without any
 */
public record LatencySummary(
    long calls,
    long rows,
    long standby,
    long failures,
    double meanNanos,
    long p50Nanos,
    long p99Nanos,
    long maxNanos) {}

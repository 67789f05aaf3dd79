package io.qilin.ops.health;

/**
 * How long something took, in nanoseconds; quantiles are off by at most 1/64 of the value. Immutable.
 *
 * @param count how often it was timed
 * @param p50 half took at most that
 * @param p90 nine of ten
 * @param p99 99 of 100
 * @param p999 999 of 1,000
 * @param longest exact
 */
public record Latency(long count, long p50, long p90, long p99, long p999, long longest) {}

package io.qilin.ops.metrics;

/**
 * What became of the points that a {@link MetricsBuffer} was offered. {@code offered} is the sum of the others but {@code
 * failures}.
 *
 * @param offered all of them
 * @param written the sink has them
 * @param waiting in memory, those being written included
 * @param refused without a field that is finite, or offered after the end
 * @param overflowed forgotten, oldest first, because the memory was full
 * @param lost the sink refused them, or failed too often
 * @param failures batches that could not be written at an attempt
 */
public record BufferStatus(
    long offered,
    long written,
    long waiting,
    long refused,
    long overflowed,
    long lost,
    long failures) {}

package io.qilin.mlops.artifact;

/**
 * What a collection of garbage did.
 *
 * @param kept files that are referred to or held
 * @param removed files that were removed
 * @param removedBytes how many bytes they had
 */
public record Collected(long kept, long removed, long removedBytes) {}

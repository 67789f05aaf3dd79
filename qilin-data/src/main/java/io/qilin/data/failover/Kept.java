package io.qilin.data.failover;

import java.time.Instant;

/**
 * An answer that was kept.
 *
 * @param <T> the answer
 * @param value the answer as its member gave it
 * @param member the member
 * @param retrievedAt when it gave it
 * @param knownAt until when it tells: the query's moment if it asked about an earlier one, else {@code retrievedAt}
 */
record Kept<T>(T value, String member, Instant retrievedAt, Instant knownAt) {}

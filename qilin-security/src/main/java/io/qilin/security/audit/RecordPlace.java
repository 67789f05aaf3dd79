package io.qilin.security.audit;

import java.time.Instant;

/**
 * What a log adds to an entry.
 *
 * @param sequence the record's number
 * @param at when the entry was handed in
 * @param durable the last record known to be on the disk
 * @param previous the hash of the record before
 */
record RecordPlace(long sequence, Instant at, long durable, AuditHash previous) {}

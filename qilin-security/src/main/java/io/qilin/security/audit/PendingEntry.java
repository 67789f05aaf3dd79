package io.qilin.security.audit;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * An entry on its way to the disk.
 *
 * @param entry what to record
 * @param erasable the names of its fields that can be erased later
 * @param at when it was handed in
 * @param bytes about how much memory it takes
 * @param receipt completed when it is kept or refused
 */
record PendingEntry(
    AuditEntry entry,
    Set<String> erasable,
    Instant at,
    int bytes,
    CompletableFuture<AuditReceipt> receipt) {}

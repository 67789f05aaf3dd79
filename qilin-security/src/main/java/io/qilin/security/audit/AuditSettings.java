package io.qilin.security.audit;

import io.qilin.api.alert.AlertSink;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** What {@link AuditLog.Builder} collected. */
record AuditSettings(
    Path folder,
    CheckpointSigner signer,
    CheckpointSink sink,
    Clock clock,
    LongSupplier ticker,
    SecureRandom random,
    Durability durability,
    Duration maxWait,
    int queueRecords,
    long fileBytes,
    Duration fileAge,
    int checkpointRecords,
    Duration checkpointAge,
    Predicate<String> erasable,
    Optional<AuditCheckpoint> expected,
    long startsAt,
    AlertSink alerts) {}

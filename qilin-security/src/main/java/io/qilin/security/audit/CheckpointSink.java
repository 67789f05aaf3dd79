package io.qilin.security.audit;

/**
 * Keeps checkpoints where one who can change the log cannot reach: a log alone cannot show that its end is missing. Called
 * on the log's own thread: while it blocks nothing is recorded.
 */
@FunctionalInterface
public interface CheckpointSink {
  /** Keeps a checkpoint; one that throws gets a later checkpoint in its place. */
  void keep(AuditCheckpoint checkpoint);
}

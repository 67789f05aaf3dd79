package io.qilin.security.audit;

import java.nio.file.Path;

/** Sees what a {@link LogScan} found in order, each thing after it was checked. */
interface ScanVisitor {
  /** A record that has its place in the chain. */
  default void record(StoredRecord stored, Path file, ChainState chain) {}

  /** A checkpoint in the log that fits the records before it. */
  default void checkpoint(AuditCheckpoint checkpoint) {}

  /** Whether the scan may stop, as nothing more is wanted. */
  default boolean enough() {
    return false;
  }
}

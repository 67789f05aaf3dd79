package io.qilin.security.audit;

import java.util.List;

/**
 * What was found when a log was opened.
 *
 * @param size the number of records
 * @param cutBytes how many bytes at the end were cut off, as a crash had left them half written; 0 after a clean end. No
 *     record in them had been acknowledged, unless the end of the file was damaged on purpose: a checkpoint kept elsewhere
 *     tells
 * @param unmatchedIntents the numbers of records that announce something of which no outcome was recorded, ascending
 * @param finishedErasures how many erasures were ended that a crash had interrupted
 */
public record AuditRecovery(
    long size, long cutBytes, List<Long> unmatchedIntents, int finishedErasures) {
  /** Copies the list. */
  public AuditRecovery {
    unmatchedIntents = List.copyOf(unmatchedIntents);
  }
}

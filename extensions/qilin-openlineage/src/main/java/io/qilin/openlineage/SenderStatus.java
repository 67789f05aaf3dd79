package io.qilin.openlineage;

import java.util.Objects;
import java.util.Optional;

/**
 * What became of events.
 *
 * @param sent how many the transport took since the sender was opened
 * @param refused how many the server would never take since then; they are in the file beside the outbox
 * @param pending how many wait in the outbox, those of earlier processes included
 * @param failures how many attempts failed since the sender was opened
 * @param lastFailure what the newest of them was; empty after a success
 */
public record SenderStatus(
    long sent, long refused, long pending, long failures, Optional<String> lastFailure) {
  /** Checks the parts. */
  public SenderStatus {
    Objects.requireNonNull(lastFailure, "lastFailure");
  }
}

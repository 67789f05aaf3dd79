package io.qilin.security.audit;

import java.util.Objects;
import java.util.Optional;

/**
 * What {@link AuditVerifier} found.
 *
 * @param finding the first thing that is wrong; empty if nothing is
 * @param first the number of the first record in the folder
 * @param last the number of the last record before the finding
 * @param root the root of the tree over the records up to the last one
 * @param checkpoints how many checkpoints in the log have a good signature and fit
 * @param agreed how many of the checkpoints that were kept elsewhere fit
 */
public record AuditReport(
    Optional<AuditFinding> finding,
    long first,
    long last,
    AuditHash root,
    long checkpoints,
    int agreed) {
  /** Checks the parts. */
  public AuditReport {
    Objects.requireNonNull(finding, "finding");
    Objects.requireNonNull(root, "root");
  }

  /** Whether nothing is wrong. */
  public boolean clean() {
    return finding.isEmpty();
  }
}

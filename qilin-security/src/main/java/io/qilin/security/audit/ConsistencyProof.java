package io.qilin.security.audit;

import java.util.List;

/**
 * That a log only grew between two checkpoints (RFC 6962, section 2.1.2). Checked by {@link
 * MerkleProofs#verifies(ConsistencyProof, AuditHash, AuditHash)}.
 *
 * @param oldSize the number of records at first
 * @param newSize the number of records later
 * @param path the hashes that lead from one root to the other
 */
public record ConsistencyProof(long oldSize, long newSize, List<AuditHash> path) {
  /** Copies the path. */
  public ConsistencyProof {
    path = List.copyOf(path);
  }
}

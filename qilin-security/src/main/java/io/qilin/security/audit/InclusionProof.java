package io.qilin.security.audit;

import java.util.List;

/**
 * That a record is in a log (RFC 6962, section 2.1.1). Checked by {@link MerkleProofs#verifies(InclusionProof, AuditHash,
 * AuditHash)}.
 *
 * @param index the record's place, from 0: its sequence less one
 * @param size the number of records in the tree
 * @param path the hashes beside the way from the leaf to the root, the lowest first
 */
public record InclusionProof(long index, long size, List<AuditHash> path) {
  /** Copies the path. */
  public InclusionProof {
    path = List.copyOf(path);
  }
}

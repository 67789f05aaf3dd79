package io.qilin.security.audit;

import java.nio.charset.StandardCharsets;

/** Where a log stands: its size, the hash of its last record and its tree. One thread at a time. */
final class ChainState {
  private final String logId;
  private final MerkleFrontier tree;
  private AuditHash previous;

  private ChainState(String logId, MerkleFrontier tree, AuditHash previous) {
    this.logId = logId;
    this.tree = tree;
    this.previous = previous;
  }

  /** An empty log; its first record follows a hash that no other log begins with. */
  static ChainState empty(String logId) {
    AuditHash start =
        MerkleProofs.leaf(("qilin-audit-log " + logId).getBytes(StandardCharsets.US_ASCII));
    return new ChainState(logId, new MerkleFrontier(), start);
  }

  /** A log up to where a file begins. */
  static ChainState from(SegmentHeader header) {
    return new ChainState(
        header.logId(), new MerkleFrontier(header.first() - 1, header.roots()), header.previous());
  }

  ChainState copy() {
    return new ChainState(logId, tree.copy(), previous);
  }

  String logId() {
    return logId;
  }

  /** The number of records, which is also the number of the last one. */
  long size() {
    return tree.size();
  }

  /** The hash that the next record must carry. */
  AuditHash previous() {
    return previous;
  }

  AuditHash root() {
    return tree.root();
  }

  void add(AuditHash record) {
    tree.add(record);
    previous = record;
  }

  /** The header of a file that goes on from here. */
  SegmentHeader header(long marker, java.time.Instant at) {
    return new SegmentHeader(logId, marker, size() + 1, previous, at, tree.roots());
  }

  /** Whether a file goes on from here. */
  boolean continuedBy(SegmentHeader header) {
    return header.logId().equals(logId)
        && header.first() == size() + 1
        && header.previous().equals(previous)
        && header.roots().equals(tree.roots());
  }
}

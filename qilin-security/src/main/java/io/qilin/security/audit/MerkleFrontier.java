package io.qilin.security.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree that grows by a leaf at a time and keeps only the roots of its whole subtrees, at most one for each bit of
 * its size. One thread at a time.
 */
final class MerkleFrontier {
  private final MerkleHasher hasher = new MerkleHasher();

  /** The roots of the whole subtrees, the largest first: one for each bit that is set in the size. */
  private final List<AuditHash> roots;

  private long size;

  MerkleFrontier() {
    this(0, List.of());
  }

  /** A tree that goes on from the roots of another; there must be one for each bit set in the size. */
  MerkleFrontier(long size, List<AuditHash> roots) {
    this.size = size;
    this.roots = new ArrayList<>(roots);
  }

  MerkleFrontier copy() {
    return new MerkleFrontier(size, roots);
  }

  long size() {
    return size;
  }

  List<AuditHash> roots() {
    return List.copyOf(roots);
  }

  void add(AuditHash leaf) {
    AuditHash hash = leaf;
    for (long bits = size; (bits & 1) == 1; bits >>= 1) {
      hash = hasher.node(roots.remove(roots.size() - 1), hash);
    }
    roots.add(hash);
    size++;
  }

  AuditHash root() {
    if (roots.isEmpty()) {
      return hasher.nothing();
    }
    AuditHash hash = roots.get(roots.size() - 1);
    for (int i = roots.size() - 2; i >= 0; i--) {
      hash = hasher.node(roots.get(i), hash);
    }
    return hash;
  }
}

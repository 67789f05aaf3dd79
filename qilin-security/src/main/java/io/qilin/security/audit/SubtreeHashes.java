package io.qilin.security.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * The roots of the subtrees that a proof consists of (RFC 6962, sections 2.1.1 and 2.1.2), worked out while all leaves pass by
 * once. One thread, one run.
 */
final class SubtreeHashes {
  private record Range(long from, long to) {}

  private final List<Range> ranges = new ArrayList<>();
  private final List<MerkleFrontier> trees = new ArrayList<>();
  private long index;

  private SubtreeHashes() {}

  /** PATH(m, D[n]) of the RFC. */
  static SubtreeHashes inclusion(long leaf, long size) {
    SubtreeHashes wanted = new SubtreeHashes();
    wanted.path(leaf, 0, size);
    return wanted.ready();
  }

  /** PROOF(m, D[n]) of the RFC; nothing for m = 0 or m = n. */
  static SubtreeHashes consistency(long oldSize, long newSize) {
    SubtreeHashes wanted = new SubtreeHashes();
    if (oldSize > 0 && oldSize < newSize) {
      wanted.subproof(oldSize, 0, newSize, true);
    }
    return wanted.ready();
  }

  private void path(long leaf, long from, long to) {
    if (to - from <= 1) {
      return;
    }
    long middle = from + split(to - from);
    if (leaf < middle) {
      path(leaf, from, middle);
      ranges.add(new Range(middle, to));
    } else {
      path(leaf, middle, to);
      ranges.add(new Range(from, middle));
    }
  }

  private void subproof(long oldSize, long from, long to, boolean whole) {
    if (oldSize == to) {
      if (!whole) {
        ranges.add(new Range(from, to));
      }
      return;
    }
    long middle = from + split(to - from);
    if (oldSize <= middle) {
      subproof(oldSize, from, middle, whole);
      ranges.add(new Range(middle, to));
    } else {
      subproof(oldSize, middle, to, false);
      ranges.add(new Range(from, middle));
    }
  }

  /** The largest power of two below n, for n of at least 2. */
  private static long split(long n) {
    return Long.highestOneBit(n - 1);
  }

  private SubtreeHashes ready() {
    ranges.forEach(range -> trees.add(new MerkleFrontier()));
    return this;
  }

  /** Takes the next leaf. */
  void add(AuditHash leaf) {
    for (int i = 0; i < ranges.size(); i++) {
      if (index >= ranges.get(i).from() && index < ranges.get(i).to()) {
        trees.get(i).add(leaf);
      }
    }
    index++;
  }

  /** The roots in the order of the proof, once all leaves have passed. */
  List<AuditHash> hashes() {
    return trees.stream().map(MerkleFrontier::root).toList();
  }
}

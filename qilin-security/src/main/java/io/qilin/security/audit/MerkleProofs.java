package io.qilin.security.audit;

import java.util.Iterator;
import java.util.List;

/**
 * The Merkle tree of RFC 6962: a leaf hashes a zero byte and the record, a node a one byte and its two children. What a
 * third party needs to check proofs against checkpoints. Stateless.
 */
public final class MerkleProofs {
  private MerkleProofs() {}

  /** The hash of a record's bytes. */
  public static AuditHash leaf(byte[] record) {
    return new MerkleHasher().leaf(record, 0, record.length);
  }

  /** The root over leaves, in order; over none it is the hash of nothing. */
  public static AuditHash root(List<AuditHash> leaves) {
    MerkleFrontier tree = new MerkleFrontier();
    leaves.forEach(tree::add);
    return tree.root();
  }

  /**
   * Whether the proof shows that the leaf is in the tree (RFC 9162, section 2.1.3.2, which spells out the check for the same
   * tree). A proof of any shape is answered, none throws.
   *
   * @param leaf the record's hash
   * @param root the root of a tree of {@code proof.size()} records, from a checkpoint that is trusted
   */
  public static boolean verifies(InclusionProof proof, AuditHash leaf, AuditHash root) {
    if (proof.index() < 0 || proof.index() >= proof.size()) {
      return false;
    }
    MerkleHasher hasher = new MerkleHasher();
    long node = proof.index();
    long last = proof.size() - 1;
    AuditHash hash = leaf;
    for (AuditHash beside : proof.path()) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = hasher.node(beside, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = hasher.node(hash, beside);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  /**
   * Whether the proof shows that the old tree is the beginning of the new one (RFC 9162, section 2.1.4.2). A proof of any
   * shape is answered, none throws.
   *
   * @param oldRoot the root of the tree of {@code proof.oldSize()} records
   * @param newRoot the root of the tree of {@code proof.newSize()} records
   */
  public static boolean verifies(ConsistencyProof proof, AuditHash oldRoot, AuditHash newRoot) {
    long oldSize = proof.oldSize();
    long newSize = proof.newSize();
    if (oldSize < 0 || oldSize > newSize) {
      return false;
    }
    if (oldSize == newSize) {
      return proof.path().isEmpty() && oldRoot.equals(newRoot);
    }
    if (oldSize == 0) {
      return proof.path().isEmpty() && oldRoot.equals(new MerkleFrontier().root());
    }
    boolean whole = Long.bitCount(oldSize) == 1;
    if (!whole && proof.path().isEmpty()) {
      return false;
    }
    return climbs(proof, whole, oldRoot, newRoot);
  }

  private static boolean climbs(
      ConsistencyProof proof, boolean whole, AuditHash oldRoot, AuditHash newRoot) {
    MerkleHasher hasher = new MerkleHasher();
    long shift = Long.numberOfTrailingZeros(proof.oldSize());
    long node = (proof.oldSize() - 1) >> shift;
    long last = (proof.newSize() - 1) >> shift;
    Iterator<AuditHash> path = proof.path().iterator();
    AuditHash start = whole ? oldRoot : path.next();
    AuditHash before = start;
    AuditHash after = start;
    while (path.hasNext()) {
      AuditHash beside = path.next();
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        before = hasher.node(beside, before);
        after = hasher.node(beside, after);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        after = hasher.node(after, beside);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && before.equals(oldRoot) && after.equals(newRoot);
  }
}

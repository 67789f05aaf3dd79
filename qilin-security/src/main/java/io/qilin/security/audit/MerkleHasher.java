package io.qilin.security.audit;

import io.qilin.security.internal.Sha256;
import java.security.MessageDigest;

/** SHA-256 with the prefixes that tell leaves, nodes and commitments apart. One thread at a time. */
final class MerkleHasher {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;
  private static final byte COMMITMENT = 2;

  private final MessageDigest sha256;

  MerkleHasher() {
    sha256 = Sha256.start();
  }

  AuditHash leaf(byte[] bytes, int from, int length) {
    return hash(LEAF, bytes, from, length);
  }

  /** Binds a salted value that may be erased later. */
  AuditHash commitment(byte[] bytes, int from, int length) {
    return hash(COMMITMENT, bytes, from, length);
  }

  AuditHash node(AuditHash left, AuditHash right) {
    sha256.update(NODE);
    sha256.update(left.raw());
    sha256.update(right.raw());
    return AuditHash.adopt(sha256.digest());
  }

  AuditHash nothing() {
    return AuditHash.adopt(sha256.digest());
  }

  private AuditHash hash(byte prefix, byte[] bytes, int from, int length) {
    sha256.update(prefix);
    sha256.update(bytes, from, length);
    return AuditHash.adopt(sha256.digest());
  }
}

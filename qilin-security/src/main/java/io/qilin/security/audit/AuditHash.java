package io.qilin.security.audit;

import io.qilin.api.error.QilinException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 value: of a record (a leaf of the tree), or of a tree. Immutable; printed as 64 lower-case hex digits. */
public final class AuditHash {
  static final int BYTES = 32;

  private final byte[] bytes;

  private AuditHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A hash of these bytes.
   *
   * @param bytes 32 bytes; copied
   * @throws QilinException INVALID_ARGUMENT if there are more or fewer
   */
  public static AuditHash of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw QilinException.invalid("a hash has " + BYTES + " bytes, not " + bytes.length);
    }
    return new AuditHash(bytes.clone());
  }

  /**
   * Reads what {@link #toString} prints.
   *
   * @throws QilinException INVALID_ARGUMENT unless the text is 64 hex digits
   */
  public static AuditHash parse(String hex) {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw QilinException.invalid(
          "a hash is 64 lower-case hex digits, not " + QilinException.quote(hex));
    }
    return new AuditHash(HexFormat.of().parseHex(hex));
  }

  /** Takes the array over; nobody else may hold it. */
  static AuditHash adopt(byte[] bytes) {
    return new AuditHash(bytes);
  }

  /** A copy of the 32 bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The bytes themselves, to be read only. */
  byte[] raw() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AuditHash that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}

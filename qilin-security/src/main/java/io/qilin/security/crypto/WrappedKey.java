package io.qilin.security.crypto;

import io.qilin.api.error.QilinException;
import java.util.Arrays;

/** A data key, encrypted by a key of a {@link KeyWrapper}. Immutable. */
public final class WrappedKey {
  private static final int MOST_BYTES = 8_192;

  private final String keyId;
  private final byte[] bytes;

  private WrappedKey(String keyId, byte[] bytes) {
    this.keyId = keyId;
    this.bytes = bytes;
  }

  /**
   * Holds a copy.
   *
   * @param keyId the wrapping key: 1 to 64 of {@code A-Z a-z 0-9 . _ : / -}
   * @param bytes 1 to 8,192 bytes
   * @throws QilinException INVALID_ARGUMENT if one of them is outside of its bounds
   */
  public static WrappedKey of(String keyId, byte[] bytes) {
    SymmetricKey.checkId(keyId);
    if (bytes.length < 1 || bytes.length > MOST_BYTES) {
      throw QilinException.invalid(
          "a wrapped key has 1 to " + MOST_BYTES + " bytes, not " + bytes.length);
    }
    return new WrappedKey(keyId, bytes.clone());
  }

  /** The id of the wrapping key. */
  public String keyId() {
    return keyId;
  }

  /** A copy of the encrypted data key. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WrappedKey that
        && keyId.equals(that.keyId)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * keyId.hashCode() + Arrays.hashCode(bytes);
  }

  /** The id of the wrapping key. */
  @Override
  public String toString() {
    return "WrappedKey[" + keyId + "]";
  }
}

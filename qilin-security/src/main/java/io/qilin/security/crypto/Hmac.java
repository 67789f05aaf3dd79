package io.qilin.security.crypto;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * A keyed hash (HMAC, RFC 2104 and FIPS 198-1) with one key. The key must have 128 bits or more; whether it can be guessed is
 * asked where keys are loaded, by {@link KeyStrength}. Tags are compared in constant time. Safe to share between threads.
 */
public final class Hmac {
  private static final int LEAST_KEY_BYTES = 16;
  private static final int LEAST_TAG_BYTES = 16;

  private final Mac keyed;
  private final int tagBytes;

  private Hmac(Mac keyed, int tagBytes) {
    this.keyed = keyed;
    this.tagBytes = tagBytes;
  }

  /**
   * A keyed hash whose tags have the full length of the hash.
   *
   * @param key at least 16 bytes; not kept, the caller may overwrite it afterwards
   * @throws QilinException WEAK_KEY if it is shorter
   */
  public static Hmac of(HashAlgorithm hash, byte[] key) {
    if (key.length < LEAST_KEY_BYTES) {
      throw new QilinException(
          ErrorCode.WEAK_KEY,
          "an HMAC key of " + key.length * 8L + " bits is refused; at least 128 are needed");
    }
    return new Hmac(JdkCrypto.mac(hash, key), hash.bytes());
  }

  /**
   * The same key with shorter tags: the first bytes of the full one.
   *
   * @param bytes the length of a tag, 16 to that of the full tag
   * @throws QilinException INVALID_ARGUMENT if it is outside of that
   */
  public Hmac truncated(int bytes) {
    if (bytes < LEAST_TAG_BYTES || bytes > tagBytes) {
      throw QilinException.invalid(
          "a tag has " + LEAST_TAG_BYTES + " to " + tagBytes + " bytes, not " + bytes);
    }
    return new Hmac(keyed, bytes);
  }

  /** The tag of a message. */
  public byte[] sign(byte[] message) {
    byte[] full = JdkCrypto.copy(keyed).doFinal(message);
    return full.length == tagBytes ? full : Arrays.copyOf(full, tagBytes);
  }

  /** Whether a tag is that of a message; a tag of another length is not. */
  public boolean verify(byte[] message, byte[] tag) {
    return tag.length == tagBytes && MessageDigest.isEqual(sign(message), tag);
  }

  /** The length of a tag in bytes. */
  public int tagBytes() {
    return tagBytes;
  }
}

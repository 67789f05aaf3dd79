package io.qilin.security.crypto;

import io.qilin.api.error.QilinException;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * Derives keys from a key (HKDF, RFC 5869). It spreads the strength of good key material over several keys; it does not make a
 * password strong, for which there is {@link Pbkdf2}. Stateless; safe to share between threads.
 */
public final class Hkdf {
  private static final int MOST_BLOCKS = 255;

  private Hkdf() {}

  /**
   * Extracts and expands (RFC 5869, 2.2 and 2.3).
   *
   * @param material the key material; not kept
   * @param salt random, or empty: then zeros stand for it
   * @param info what the key is for, so that two purposes never share one
   * @param bytes how long the derived key is, 1 to 255 times the hash
   * @throws QilinException INVALID_ARGUMENT if that length is outside of its bounds
   */
  public static byte[] derive(
      HashAlgorithm hash, byte[] material, byte[] salt, byte[] info, int bytes) {
    byte[] middle = extract(hash, material, salt);
    try {
      return expand(hash, middle, info, bytes);
    } finally {
      Arrays.fill(middle, (byte) 0);
    }
  }

  /** The first half (RFC 5869, 2.2): a key of the length of the hash. */
  public static byte[] extract(HashAlgorithm hash, byte[] material, byte[] salt) {
    return JdkCrypto.mac(hash, salt).doFinal(material);
  }

  /**
   * The second half (RFC 5869, 2.3).
   *
   * @param key from {@link #extract}, or another uniformly random key
   * @throws QilinException INVALID_ARGUMENT if {@code bytes} is not 1 to 255 times the hash
   */
  public static byte[] expand(HashAlgorithm hash, byte[] key, byte[] info, int bytes) {
    if (bytes < 1 || bytes > MOST_BLOCKS * hash.bytes()) {
      throw QilinException.invalid("HKDF with " + hash.standardName() + " gives 1 to "
          + MOST_BLOCKS * hash.bytes() + " bytes, not " + bytes);
    }
    Mac mac = JdkCrypto.mac(hash, key);
    byte[] derived = new byte[bytes];
    byte[] block = new byte[0];
    for (int at = 0, number = 1; at < bytes; at += block.length, number++) {
      mac.update(block);
      mac.update(info);
      mac.update((byte) number);
      Arrays.fill(block, (byte) 0);
      block = mac.doFinal();
      System.arraycopy(block, 0, derived, at, Math.min(block.length, bytes - at));
    }
    Arrays.fill(block, (byte) 0);
    return derived;
  }
}

package io.qilin.security.crypto;

import io.qilin.api.error.QilinException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

/**
 * Derives a key from a password slowly (PBKDF2, RFC 8018 5.2). It works on bytes, so a password need not be text; the JDK's
 * own form takes characters only. The caller bounds how many derivations run at once. Stateless; safe to share between threads.
 */
public final class Pbkdf2 {
  /** The longest password in bytes. */
  public static final int MOST_PASSWORD_BYTES = 1_024;

  /** The most iterations. */
  public static final int MOST_ITERATIONS = 10_000_000;

  private static final int MOST_BYTES = 1_024;

  private Pbkdf2() {}

  /** The fewest iterations for stored passwords: 600,000 with SHA-256, 210,000 with the longer hashes (OWASP, ASVS 5.0). */
  public static int recommendedIterations(HashAlgorithm hash) {
    return hash == HashAlgorithm.SHA_256 ? 600_000 : 210_000;
  }

  /**
   * Derives a key.
   *
   * @param password at most 1,024 bytes; not kept
   * @param salt random, 16 bytes or more for stored passwords
   * @param iterations 1 to 10,000,000; see {@link #recommendedIterations}
   * @param bytes the length of the key, 1 to 1,024
   * @throws QilinException INVALID_ARGUMENT if one of these is outside of its bounds
   */
  public static byte[] derive(
      HashAlgorithm hash, byte[] password, byte[] salt, int iterations, int bytes) {
    bounded("a password's length in bytes", password.length, 0, MOST_PASSWORD_BYTES);
    bounded("the number of iterations", iterations, 1, MOST_ITERATIONS);
    bounded("the length of a derived key in bytes", bytes, 1, MOST_BYTES);
    Mac mac = JdkCrypto.mac(hash, password);
    byte[] derived = new byte[bytes];
    byte[] block = new byte[hash.bytes()];
    byte[] sum = new byte[hash.bytes()];
    for (int at = 0, number = 1; at < bytes; at += block.length, number++) {
      mac.update(salt);
      mac.update(new byte[] {0, 0, (byte) (number >>> 8), (byte) number});
      finish(mac, block);
      System.arraycopy(block, 0, sum, 0, sum.length);
      for (int i = 1; i < iterations; i++) {
        mac.update(block);
        finish(mac, block);
        for (int j = 0; j < sum.length; j++) {
          sum[j] ^= block[j];
        }
      }
      System.arraycopy(sum, 0, derived, at, Math.min(sum.length, bytes - at));
    }
    Arrays.fill(block, (byte) 0);
    Arrays.fill(sum, (byte) 0);
    return derived;
  }

  private static void finish(Mac mac, byte[] into) {
    try {
      mac.doFinal(into, 0);
    } catch (ShortBufferException e) {
      throw JdkCrypto.missing(mac.getAlgorithm() + " of its standard length", e);
    }
  }

  private static void bounded(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw QilinException.invalid(what + " is " + least + " to " + most + ", not " + value);
    }
  }
}

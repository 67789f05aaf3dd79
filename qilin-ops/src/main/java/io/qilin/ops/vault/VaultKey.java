package io.qilin.ops.vault;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Reads a key of 32 bytes in Base64, and refuses what a person typed instead of drawing it: too short, few distinct bytes, a
 * pattern, readable text, or words that examples use. A random key fails one of these less than once in ten million.
 */
final class VaultKey {
  private static final int BYTES = 32;
  private static final int FEWEST_DISTINCT = 8;

  /** Parts of keys that are known to everybody, as the letters of Base64; without case. */
  private static final List<String> PLACEHOLDERS = List.of(
      "changeme",
      "changethis",
      "replaceme",
      "placeholder",
      "yoursecret",
      "mysecret",
      "secretkey",
      "defaultkey",
      "examplekey",
      "testkey",
      "insecure",
      "password",
      "12345678",
      "abcdefgh",
      "xxxxxxxx");

  private VaultKey() {}

  static SecretKey of(String keyId, Secret secret) {
    String base64 = secret.reveal();
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      // Its message may quote a part of the key.
      throw weak(keyId, "it is not Base64");
    }
    try {
      check(keyId, base64, key);
      return new SecretKeySpec(key, "AES");
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static void check(String keyId, String base64, byte[] key) {
    if (key.length != BYTES) {
      throw weak(keyId, "it has " + key.length + " bytes");
    }
    if (distinct(key) < FEWEST_DISTINCT) {
      throw weak(keyId, "it has only " + distinct(key) + " distinct bytes");
    }
    if (counts(key) || repeats(key)) {
      throw weak(keyId, "its bytes follow a simple pattern");
    }
    String letters = base64.toLowerCase(Locale.ROOT);
    if (readable(key) || PLACEHOLDERS.stream().anyMatch(letters::contains)) {
      throw weak(keyId, "it is a text, such as examples and defaults use");
    }
  }

  private static long distinct(byte[] key) {
    boolean[] seen = new boolean[256];
    int count = 0;
    for (byte one : key) {
      count += seen[one & 0xff] ? 0 : 1;
      seen[one & 0xff] = true;
    }
    return count;
  }

  private static boolean counts(byte[] key) {
    for (int i = 2; i < key.length; i++) {
      if ((byte) (key[i] - key[i - 1]) != (byte) (key[1] - key[0])) {
        return false;
      }
    }
    return true;
  }

  private static boolean repeats(byte[] key) {
    for (int period = 1; period <= key.length / 2; period++) {
      if (Arrays.equals(key, 0, key.length - period, key, period, key.length)) {
        return true;
      }
    }
    return false;
  }

  private static boolean readable(byte[] key) {
    for (byte one : key) {
      if (one < ' ' || one > '~') {
        return false;
      }
    }
    return true;
  }

  private static QilinException weak(String keyId, String why) {
    return new QilinException(
        ErrorCode.WEAK_KEY,
        "the key '" + keyId + "' is refused: " + why
            + "; make one of 32 random bytes in Base64, for example by 'openssl rand -base64 32'");
  }
}

package io.qilin.security.crypto;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Whether a symmetric key or secret is strong enough, asked when it is loaded and not when it is first used.
 *
 * <p>Refused are keys shorter than asked, keys of few distinct bytes (all alike, counting up, a short pattern repeated), and
 * texts that examples and default configurations carry, such as {@code your-secret-key-here}. A strong key comes from {@code
 * SecureRandom}; what a person thought up may pass this check and is still weak.
 */
public final class KeyStrength {
  /** Parts of secrets that are known to everybody; compared without case and without punctuation. */
  private static final List<String> PLACEHOLDERS = List.of(
      "yoursecret",
      "yoursupersecret",
      "secretkeyhere",
      "changeme",
      "changethis",
      "replaceme",
      "defaultmasterkey",
      "defaultkey",
      "defaultsecret",
      "defaultpassword",
      "placeholder",
      "mysecret",
      "supersecret",
      "topsecret",
      "jwtsecret",
      "secretkey",
      "examplekey",
      "examplesecret",
      "insecure",
      "testsecret",
      "testkey",
      "devsecret",
      "devkey",
      "letmein",
      "password",
      "qwerty",
      "admin123",
      "todo",
      "xxxxxxxx",
      "12345678",
      "abcdefgh",
      "abcdef0123456789",
      "0123456789abcdef");

  /** Letters and digits that a placeholder is refused with; more of them beside it can be a secret of their own. */
  private static final int MOST_BESIDE = 24;

  private static final int FEWEST_DISTINCT = 8;

  private KeyStrength() {}

  /**
   * Refuses a weak key.
   *
   * @param key the key; not kept and not changed
   * @param bits the least length, for example 256
   * @param what what it is, for the message, for example {@code "the signing key 'a1'"}; the key itself is never named
   * @throws QilinException WEAK_KEY if it is too short, has too little variety, or is a known placeholder
   */
  public static void check(byte[] key, int bits, String what) {
    if (key.length * 8L < bits) {
      throw weak(what, "it has " + key.length * 8L + " bits, at least " + bits + " are needed");
    }
    if (distinct(key) < Math.min(FEWEST_DISTINCT, key.length)) {
      throw weak(what, "it has only " + distinct(key) + " distinct bytes");
    }
    if (steady(key)) {
      throw weak(what, "its bytes follow a simple pattern");
    }
    if (placeholder(key)) {
      throw weak(what, "it is a text that examples and defaults use");
    }
  }

  private static long distinct(byte[] key) {
    boolean[] seen = new boolean[256];
    int count = 0;
    for (byte one : key) {
      if (!seen[one & 0xff]) {
        seen[one & 0xff] = true;
        count++;
      }
    }
    return count;
  }

  /** Whether each byte differs from the one before by the same step, or the key is one half or less, repeated. */
  private static boolean steady(byte[] key) {
    boolean even = true;
    for (int i = 2; i < key.length && even; i++) {
      even = (byte) (key[i] - key[i - 1]) == (byte) (key[1] - key[0]);
    }
    boolean repeated = false;
    for (int period = 1; period <= key.length / 2 && !repeated; period++) {
      repeated = Arrays.equals(key, 0, key.length - period, key, period, key.length);
    }
    return even || repeated;
  }

  private static boolean placeholder(byte[] key) {
    String letters = new String(key, StandardCharsets.ISO_8859_1)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]", "");
    if (letters.length() < key.length / 2) {
      return false;
    }
    String beside = letters;
    for (String known : PLACEHOLDERS) {
      beside = beside.replace(known, "");
    }
    return beside.length() < letters.length() && beside.length() <= MOST_BESIDE;
  }

  private static QilinException weak(String what, String why) {
    return new QilinException(
        ErrorCode.WEAK_KEY,
        what + " is refused: " + why + "; make one of 32 random bytes (SecureRandom)");
  }
}

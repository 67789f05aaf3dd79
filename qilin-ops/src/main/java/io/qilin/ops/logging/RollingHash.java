package io.qilin.ops.logging;

/** The polynomial hash of a part of a text, modulo 2^64; of a window that moves by one, or of any part by sums over the text. */
final class RollingHash {
  static final int WINDOW = 8;

  private static final long BASE = 0x9E37_79B9_7F4A_7C15L;
  private static final long[] POWERS = powers(9 * KnownSecrets.LONGEST + 1);

  private final long[] sums;

  /** Over a whole text. */
  RollingHash(String text) {
    sums = new long[text.length() + 1];
    for (int i = 0; i < text.length(); i++) {
      sums[i + 1] = sums[i] * BASE + text.charAt(i);
    }
  }

  private static long[] powers(int count) {
    long[] powers = new long[count];
    powers[0] = 1;
    for (int i = 1; i < count; i++) {
      powers[i] = powers[i - 1] * BASE;
    }
    return powers;
  }

  /** Of a part of at most nine times the longest secret, as it may be three bytes a character, each as {@code %XX}. */
  long part(int start, int length) {
    return sums[start + length] - sums[start] * POWERS[length];
  }

  /** Of the window that begins at a place. */
  static long window(String text, int start) {
    long hash = 0;
    for (int i = start; i < start + WINDOW; i++) {
      hash = hash * BASE + text.charAt(i);
    }
    return hash;
  }

  /** Of the window that begins one later. */
  static long next(long hash, char out, char in) {
    return (hash - out * POWERS[WINDOW - 1]) * BASE + in;
  }
}

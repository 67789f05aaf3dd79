package io.qilin.data.quality.table;

/** Hashes that spread well; not for secrets. */
final class Hashes {
  private Hashes() {}

  /** A bijection of 64 bits: Stafford's mixer 13, as SplitMix64 has it. */
  static long mix(long value) {
    long z = value;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  /** A key of two halves; of a narrow key, whose high half is 0, a bijection. */
  static long key(long high, long low) {
    return mix(high == 0 ? low : low ^ mix(high));
  }

  /** A text in 64 bits. */
  static long text(String text) {
    long hash = 0x2545f4914f6cdd1dL + text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 29;
    }
    return mix(hash);
  }
}

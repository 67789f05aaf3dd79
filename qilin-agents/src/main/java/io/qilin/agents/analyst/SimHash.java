package io.qilin.agents.analyst;

/**
 * A fingerprint of 64 bits that changes little when a text changes little (Charikar 2002): each bit
 * is what most pairs of neighbouring letters of the text have there. The first 250 letters and
 * digits are read.
 */
final class SimHash {
  private static final int MOST = 250;
  private static final long[] LANES = lanes();

  private SimHash() {}

  /** Eight bits of a byte in eight bytes of a long. */
  private static long[] lanes() {
    long[] lanes = new long[256];
    for (int k = 0; k < lanes.length; k++) {
      for (int bit = 0; bit < 8; bit++) {
        lanes[k] |= (long) ((k >> bit) & 1) << (8 * bit);
      }
    }
    return lanes;
  }

  static long of(PlainText text) {
    long[] sums = new long[8];
    int pairs = 0;
    char before = 0;
    for (int k = 0; k < text.length() && pairs < MOST; k++) {
      char c = text.at(k);
      if (Character.isLetterOrDigit(c)) {
        long hash = mix(((long) before << 16) | c);
        for (int lane = 0; lane < 8; lane++) {
          sums[lane] += LANES[(int) (hash >>> (8 * lane)) & 0xff];
        }
        pairs++;
        before = c;
      }
    }
    return bits(sums, pairs);
  }

  private static long bits(long[] sums, int pairs) {
    long out = 0;
    for (int lane = 0; lane < 8; lane++) {
      for (int bit = 0; bit < 8; bit++) {
        long count = (sums[lane] >>> (8 * bit)) & 0xff;
        out |= 2 * count > pairs ? 1L << (8 * lane + bit) : 0;
      }
    }
    return out;
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

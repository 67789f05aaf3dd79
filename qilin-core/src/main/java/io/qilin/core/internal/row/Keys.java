package io.qilin.core.internal.row;

import java.util.Arrays;

/** A series as whole numbers in the same order, so that comparing needs no branch; what is not valid is the largest. */
final class Keys extends Kernel {
  static final long MISSING = Long.MAX_VALUE;
  private static final int NEVER = Integer.MIN_VALUE / 2;

  private final Value x;
  private final Validity validity;
  private final LongRows out;
  /** The last tick, as of each tick, at which some lane had a negative value. */
  private int[] negative = {-1, -1};

  private int mask = 1;

  Keys(Value x, Validity validity, LongRows out) {
    this.x = x;
    this.validity = validity;
    this.out = out;
  }

  LongRows rows() {
    return out;
  }

  /** Whether no lane had a negative value in the last ticks: then the difference of two keys cannot overflow. */
  boolean positiveFor(int tick, int ticks) {
    return tick - ticks >= negative[tick & mask];
  }

  /** Makes room for so many ticks that may be run before others read the first; a power of two. */
  void allocate(int ticks) {
    negative = new int[2 * ticks];
    mask = negative.length - 1;
    reset();
  }

  @Override
  void reset() {
    Arrays.fill(negative, NEVER);
  }

  @Override
  void run(int tick) {
    long[] row = out.write(tick);
    boolean positive = convert(x.at(tick), row);
    if (!validity.whole(tick)) {
      long[] bits = validity.bits(tick);
      positive = true;
      for (int i = 0; i < row.length; i++) {
        row[i] = (bits[i >>> 6] >>> i & 1) != 0 ? row[i] : MISSING;
        positive &= row[i] >= 0;
      }
    }
    negative[tick & mask] = positive ? negative[(tick - 1) & mask] : tick;
  }

  private static boolean convert(double[] x, long[] keys) {
    long signs = 0;
    for (int i = 0; i < keys.length; i++) {
      long bits = Double.doubleToRawLongBits(x[i] + 0.0);
      signs |= bits;
      keys[i] = bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }
    return signs >= 0;
  }

  static double value(long key) {
    return Double.longBitsToDouble(key ^ ((key >> 63) & Long.MAX_VALUE));
  }

  @Override
  long stateBytes(int lanes) {
    return 4L * negative.length;
  }

  @Override
  void save(StateWriter out, int lanes) {
    for (int tick : negative) {
      out.integer(tick);
    }
  }

  @Override
  void load(StateReader in, int lanes) {
    for (int i = 0; i < negative.length; i++) {
      negative[i] = in.integer();
    }
  }
}

package io.qilin.core.internal.row;

/** A series as whole numbers in the same order, so that comparing needs no branch; what is not valid is the largest. */
final class Keys extends Kernel {
  static final long MISSING = Long.MAX_VALUE;

  private final Value x;
  private final Validity validity;
  private final LongRows out;
  private int negativeTick = Integer.MIN_VALUE / 2;

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
    return tick - ticks >= negativeTick;
  }

  @Override
  void reset() {
    negativeTick = Integer.MIN_VALUE / 2;
  }

  @Override
  void run(int tick) {
    long[] row = out.at(tick);
    boolean positive = convert(x.at(tick), row);
    if (!validity.whole()) {
      long[] bits = validity.bits();
      positive = true;
      for (int i = 0; i < row.length; i++) {
        row[i] = (bits[i >>> 6] >>> i & 1) != 0 ? row[i] : MISSING;
        positive &= row[i] >= 0;
      }
    }
    if (!positive) {
      negativeTick = tick;
    }
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
    return 4;
  }

  @Override
  void save(StateWriter out, int lanes) {
    out.integer(negativeTick);
  }

  @Override
  void load(StateReader in, int lanes) {
    negativeTick = in.integer();
  }
}

package io.qilin.core.internal.row;

/** A series as whole numbers in the same order, so that comparing needs no branch; what is not valid is the largest. */
final class Keys extends Kernel {
  static final long MISSING = Long.MAX_VALUE;
  private static final int NEVER = Integer.MIN_VALUE / 2;

  private final Value x;
  private final Validity validity;
  private final LongRows out;
  /** The last tick, or a later one of the same row, at which some lane had a negative value. */
  private int negative = NEVER;

  Keys(Value x, Validity validity, LongRows out) {
    this.x = x;
    this.validity = validity;
    this.out = out;
  }

  LongRows rows() {
    return out;
  }

  /** Whether no lane had a negative value in the windows of so many ticks that end in the row at hand: then the difference of two keys cannot overflow. */
  boolean positiveFor(int tick, int ticks) {
    return tick - ticks >= negative;
  }

  @Override
  void reset() {
    negative = NEVER;
  }

  @Override
  void run(int tick) {
    long[] row = out.write(tick);
    boolean positive = convert(x.at(tick), row);
    if (!validity.whole(tick)) {
      long[] bits = validity.bits(tick);
      positive = true;
      for (int i = 0; i < row.length; i++) {
        row[i] = Validity.has(bits, i) ? row[i] : MISSING;
        positive &= row[i] >= 0;
      }
    }
    if (!positive) {
      negative = tick + out.tile().days - 1;
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
    out.integer(negative);
  }

  @Override
  void load(StateReader in, int lanes) {
    negative = in.integer();
  }
}

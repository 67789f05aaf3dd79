package io.qilin.core.internal.row;

/** A series as whole numbers in the same order, so that comparing needs no branch; what is not valid is the largest. */
final class Keys extends Kernel {
  static final long MISSING = Long.MAX_VALUE;
  private static final int NEVER = Integer.MIN_VALUE / 2;
  /** Set in the bits of numbers from 2 on, of infinities and of what is not valid; their keys are far from 0. */
  private static final long FAR = 1L << 62;

  private final Value x;
  private final Validity validity;
  private final LongRows out;
  /** The last tick, or a later one of the same row, at which some lane had a negative value. */
  private int negative = NEVER;
  /** The same of values that are far from 0 or not valid, as all before the first tick are. */
  private int far = -1;

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

  /**
   * Whether the difference of two keys in the windows of so many ticks that end in the row at hand cannot overflow: no value is
   * negative, or all are valid and between −2 and 2, as ranks and correlations are.
   */
  boolean comparableFor(int tick, int ticks) {
    return positiveFor(tick, ticks) || tick - ticks >= far;
  }

  @Override
  void reset() {
    negative = NEVER;
    startAt(0);
  }

  @Override
  void startAt(int tick) {
    far = tick - 1;
  }

  @Override
  void run(int tick) {
    long[] row = out.write(tick);
    long any = convert(x.at(tick), row);
    if (!validity.whole(tick)) {
      long[] bits = validity.bits(tick);
      any = FAR;
      for (int i = 0; i < row.length; i++) {
        row[i] = Validity.has(bits, i) ? row[i] : MISSING;
        any |= row[i] & Long.MIN_VALUE;
      }
    }
    int last = tick + out.tile().days - 1;
    if (any < 0) {
      negative = last;
    }
    if ((any & FAR) != 0) {
      far = last;
    }
  }

  /** Makes keys; gives the bits that any value has. */
  private static long convert(double[] x, long[] keys) {
    long any = 0;
    for (int i = 0; i < keys.length; i++) {
      long bits = Double.doubleToRawLongBits(x[i] + 0.0);
      any |= bits;
      keys[i] = bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }
    return any;
  }

  /** 1 if a key is below another, else 0; without a branch, and right where their difference overflows. */
  static long below(long key, long other) {
    long difference = key - other;
    return (difference ^ ((key ^ other) & (difference ^ key))) >>> 63;
  }

  static double value(long key) {
    return Double.longBitsToDouble(key ^ ((key >> 63) & Long.MAX_VALUE));
  }

  @Override
  long stateBytes(int lanes) {
    return 8;
  }

  @Override
  void save(StateWriter out, int lanes) {
    out.integer(negative);
    out.integer(far);
  }

  @Override
  void load(StateReader in, int lanes) {
    negative = in.integer();
    far = in.integer();
  }
}

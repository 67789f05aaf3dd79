package io.qilin.core.internal.row;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which lanes of a series are valid, neither missing nor infinite, one bit a lane. Where all are, which is mostly so, the
 * bits are a shared array, and whoever reads them can leave out what only holes need.
 */
final class Validity extends Kernel {
  private final Value x;
  /** Where set, a lane is valid only if it is in this one too, and in {@link #other}. */
  private final @Nullable Validity one;

  private final @Nullable Validity other;
  private long[] all = {};
  private long[][] own = {};
  private long[][] bits = {};
  /** The last tick, as of each tick, at which some lane was not valid. */
  private int[] hollow = {};

  private int mask;

  private Validity(Value x, @Nullable Validity one, @Nullable Validity other) {
    this.x = x;
    this.one = one;
    this.other = other;
  }

  static Validity of(Value x) {
    return new Validity(x, null, null);
  }

  /** Valid where both are. */
  static Validity both(Validity one, Validity other) {
    return new Validity(one.x, one, other);
  }

  /**
   * Makes room.
   *
   * @param ticks how many ticks may be run before others read the first of them; a power of two
   */
  void allocate(int lanes, int ticks) {
    all = new long[(lanes + 63) / 64];
    Arrays.fill(all, -1L);
    if (lanes % 64 != 0) {
      all[all.length - 1] = (1L << (lanes % 64)) - 1;
    }
    int depth = 2 * ticks;
    mask = depth - 1;
    own = new long[depth][all.length];
    bits = new long[depth][];
    hollow = new int[depth];
    reset();
  }

  @Override
  void reset() {
    startAt(0);
  }

  /** Says that there is nothing before a tick. */
  void startAt(int tick) {
    Arrays.fill(bits, all);
    Arrays.fill(hollow, tick - 1);
  }

  /** The bits of a tick. */
  long[] bits(int tick) {
    return bits[tick & mask];
  }

  /** Whether all lanes are valid at a tick. */
  boolean whole(int tick) {
    return bits[tick & mask] == all;
  }

  boolean has(int lane, int tick) {
    return (bits[tick & mask][lane >>> 6] >>> lane & 1) != 0;
  }

  /** Whether the bits of another series are the same at a tick. */
  boolean same(Validity that, int tick) {
    return (whole(tick) && that.whole(tick)) || Arrays.equals(bits(tick), that.bits(tick));
  }

  /** Whether all lanes were valid in all of the last ticks, the given one included. */
  boolean wholeFor(int tick, int ticks) {
    return tick - ticks >= hollow[tick & mask];
  }

  @Override
  void run(int tick) {
    int at = tick & mask;
    long[] marks =
        one != null && other != null ? join(one, other, tick, own[at]) : read(x.at(tick), own[at]);
    if (bits[at] != marks) {
      bits[at] = marks;
    }
    hollow[at] = marks == all ? hollow[(tick - 1) & mask] : tick;
  }

  private long[] join(Validity a, Validity b, int tick, long[] own) {
    if (a.whole(tick) && b.whole(tick)) {
      return all;
    }
    long[] left = a.bits(tick);
    long[] right = b.bits(tick);
    for (int i = 0; i < own.length; i++) {
      own[i] = left[i] & right[i];
    }
    return own;
  }

  private long[] read(double[] row, long[] own) {
    if (finite(row)) {
      return all;
    }
    mark(row, own);
    return own;
  }

  private static boolean finite(double[] row) {
    long odd = 0;
    for (int i = 0; i < row.length; i++) {
      odd |= (Double.doubleToRawLongBits(row[i]) & 0x7ff0000000000000L) + 0x0010000000000000L;
    }
    return odd >= 0;
  }

  private static void mark(double[] row, long[] bits) {
    for (int word = 0; word < bits.length; word++) {
      int from = word << 6;
      int to = Math.min(from + 64, row.length);
      long marks = 0;
      for (int i = from; i < to; i++) {
        long exponent = Double.doubleToRawLongBits(row[i]) & 0x7ff0000000000000L;
        marks |= ((exponent - 0x7ff0000000000000L) >>> 63) << i;
      }
      bits[word] = marks;
    }
  }

  @Override
  long stateBytes(int lanes) {
    return (long) bits.length * (4 + 8L * all.length);
  }

  @Override
  void save(StateWriter out, int lanes) {
    for (int i = 0; i < bits.length; i++) {
      out.longs(bits[i]);
      out.integer(hollow[i]);
    }
  }

  @Override
  void load(StateReader in, int lanes) {
    for (int i = 0; i < bits.length; i++) {
      in.longs(own[i]);
      bits[i] = Arrays.equals(own[i], all) ? all : own[i];
      hollow[i] = in.integer();
    }
  }
}

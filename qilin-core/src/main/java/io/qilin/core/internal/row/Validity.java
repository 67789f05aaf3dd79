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
  private long[] own = {};
  private long[] bits = {};
  private int lanes;
  private boolean whole;
  private int hollowTick = -1;

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

  void allocate(int count) {
    lanes = count;
    all = new long[(count + 63) / 64];
    Arrays.fill(all, -1L);
    if (count % 64 != 0) {
      all[all.length - 1] = (1L << (count % 64)) - 1;
    }
    own = new long[all.length];
    bits = own;
  }

  @Override
  void reset() {
    hollowTick = -1;
  }

  /** The bits of the last tick that ran. */
  long[] bits() {
    return bits;
  }

  /** Whether all lanes are valid at the last tick that ran. */
  boolean whole() {
    return whole;
  }

  boolean has(int lane) {
    return (bits[lane >>> 6] >>> lane & 1) != 0;
  }

  /** Whether the bits of another series are the same at this tick. */
  boolean same(Validity that) {
    return bits == that.bits || (whole && that.whole) || Arrays.equals(bits, that.bits);
  }

  /** Whether all lanes were valid in all of the last ticks, this one included. */
  boolean wholeFor(int tick, int ticks) {
    return tick - ticks >= hollowTick;
  }

  @Override
  void run(int tick) {
    if (one != null && other != null) {
      join(one, other);
    } else {
      read(x.at(tick));
    }
    if (!whole) {
      hollowTick = tick;
    }
  }

  private void join(Validity a, Validity b) {
    whole = a.whole && b.whole;
    if (whole) {
      bits = all;
    } else {
      for (int i = 0; i < own.length; i++) {
        own[i] = a.bits[i] & b.bits[i];
      }
      bits = own;
    }
  }

  private void read(double[] row) {
    whole = finite(row);
    if (whole) {
      bits = all;
    } else {
      mark(row, own);
      bits = own;
    }
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
    return 4;
  }

  @Override
  void save(StateWriter out, int lanes) {
    out.integer(hollowTick);
  }

  @Override
  void load(StateReader in, int lanes) {
    hollowTick = in.integer();
  }
}

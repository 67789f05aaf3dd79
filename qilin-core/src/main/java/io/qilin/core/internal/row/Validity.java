package io.qilin.core.internal.row;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which values of a series are valid, neither missing nor infinite, one bit for each of a row. Where all are, which is mostly
 * so, the bits are a shared array, and whoever reads them can leave out what only holes need.
 */
final class Validity extends Kernel {
  /** This row and the one before; a power of two. */
  private static final int ROWS = 2;

  private final Value x;
  /** Where set, a lane is valid only if it is in this one too, and in {@link #other}. */
  private final @Nullable Validity one;

  private final @Nullable Validity other;
  private Tile tile = Tile.NONE;
  private long[] all = {};
  private final long[][] own = new long[ROWS][];
  private final long[][] bits = new long[ROWS][];
  /** The last tick, as of the end of each row, at which some lane was not valid. */
  private final int[] hollow = new int[ROWS];

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

  @Override
  void allocate(Tile shape) {
    tile = shape;
    all = new long[(tile.width + 63) / 64];
    Arrays.fill(all, -1L);
    if (tile.width % 64 != 0) {
      all[all.length - 1] = (1L << (tile.width % 64)) - 1;
    }
    for (int i = 0; i < ROWS; i++) {
      own[i] = new long[all.length];
    }
    reset();
  }

  @Override
  void reset() {
    startAt(0);
  }

  @Override
  void startAt(int tick) {
    Arrays.fill(bits, all);
    Arrays.fill(hollow, tick - 1);
  }

  private int place(int tick) {
    return tile.row(tick) & (ROWS - 1);
  }

  /** The bits of the row of a tick. */
  long[] bits(int tick) {
    return bits[place(tick)];
  }

  /** Whether the whole row of a tick is valid. */
  boolean whole(int tick) {
    return bits[place(tick)] == all;
  }

  static boolean has(long[] bits, int index) {
    return (bits[index >>> 6] >>> index & 1) != 0;
  }

  /** Whether the bits of another series are the same in the row of a tick. */
  boolean same(Validity that, int tick) {
    return (whole(tick) && that.whole(tick)) || Arrays.equals(bits(tick), that.bits(tick));
  }

  /** Whether all lanes were valid in all windows of so many ticks that end in the row of a tick. */
  boolean wholeFor(int tick, int ticks) {
    return tick - ticks >= hollow[place(tick)];
  }

  @Override
  void run(int tick) {
    int at = place(tick);
    long[] marks =
        one != null && other != null ? join(one, other, tick, own[at]) : read(x.at(tick), own[at]);
    if (bits[at] != marks) {
      bits[at] = marks;
    }
    hollow[at] = marks == all ? hollow[(at - 1) & (ROWS - 1)] : tick + lastHole(marks);
  }

  /** The last day of a row on which some lane is not valid. */
  private int lastHole(long[] marks) {
    for (int word = marks.length - 1; word >= 0; word--) {
      long holes = marks[word] ^ all[word];
      if (holes != 0) {
        return ((word << 6) + 63 - Long.numberOfLeadingZeros(holes)) / tile.lanes;
      }
    }
    return -1;
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
    return ROWS * (4 + 8L * all.length);
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

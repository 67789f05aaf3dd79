package io.qilin.data.quality.table;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How many numbers fall into bins whose width is 1/128 of the power of two below them, so that any quantile is right to
 * 0.4 % of its value (the idea of HdrHistogram and of DDSketch, C. Masson et al., 2019). A bin is the upper bits of the
 * number. Merges exactly and is the same in any order. {@code NaN} is passed over.
 */
final class LogBins {
  private static final int SHIFT = 45;
  private static final int HALF = 1 << 18;

  private long[] counts = new long[0];
  private int first;
  private long size;

  void add(double value) {
    if (!Double.isNaN(value)) {
      add(bin(value), 1);
    }
  }

  private void add(int bin, long count) {
    if (counts.length == 0) {
      counts = new long[64];
      first = bin - 32;
    }
    if (bin < first) {
      int more = Math.max(first - bin, counts.length);
      long[] wider = new long[counts.length + more];
      System.arraycopy(counts, 0, wider, more, counts.length);
      counts = wider;
      first -= more;
    } else if (bin >= first + counts.length) {
      counts = Arrays.copyOf(counts, Math.max(bin - first + 1, 2 * counts.length));
    }
    counts[bin - first] += count;
    size += count;
  }

  /** Bins in the order of their numbers; zeros of both signs share one. */
  private static int bin(double value) {
    int magnitude = (int) (Double.doubleToRawLongBits(Math.abs(value)) >>> SHIFT);
    return value < 0 ? -magnitude - 1 : magnitude;
  }

  private static double middle(int bin) {
    boolean negative = bin < 0;
    int magnitude = negative ? -bin - 1 : bin;
    double low = Double.longBitsToDouble((long) magnitude << SHIFT);
    double high = Double.longBitsToDouble((long) (magnitude + 1) << SHIFT);
    double middle = magnitude == 0 ? 0 : Double.isInfinite(high) ? low : low + 0.5 * (high - low);
    return negative ? -middle : middle;
  }

  long size() {
    return size;
  }

  /** The number below which a share of all lies; {@code NaN} of nothing. */
  double quantile(double share) {
    if (size == 0) {
      return Double.NaN;
    }
    long rank = Math.max(1, (long) Math.ceil(share * size));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return middle(first + i);
      }
    }
    throw new AssertionError("ranks do not exceed the number of values");
  }

  void merge(LogBins other) {
    for (int i = 0; i < other.counts.length; i++) {
      if (other.counts[i] > 0) {
        add(other.first + i, other.counts[i]);
      }
    }
  }

  void write(DataOutput out) throws IOException {
    Stored.number(out, Arrays.stream(counts).filter(count -> count > 0).count());
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        out.writeInt(first + i);
        Stored.number(out, counts[i]);
      }
    }
  }

  void read(DataInput in) throws IOException {
    long count = Stored.number(in);
    for (long i = 0; i < count; i++) {
      int bin = in.readInt();
      long members = Stored.number(in);
      if (bin < -HALF || bin >= HALF || members < 1 || members > Long.MAX_VALUE - size) {
        throw Stored.broken("a bin " + bin + " of " + members);
      }
      add(bin, members);
    }
  }
}

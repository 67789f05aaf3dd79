package io.qilin.data.quality.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts different keys by hash tables. The keys are first dealt out by their hash, so that each table fits the cache:
 * two sequential passes instead of a look-up far away for each key (radix partitioning, as in C. Balkesen et al.,
 * "Main-memory hash joins on multi-core CPUs", 2013). The hash of a narrow key is a bijection, so equal hashes are equal
 * keys; of wide keys both halves are compared.
 */
final class KeyTables {
  /** Keys of one table, about. */
  private static final int TABLE = 1 << 14;

  private static final int MOST_PART_BITS = 10;

  /** Keys of one part that are gathered before they are written: a line of the cache. */
  private static final int LINE_BITS = 3;

  private static final int LINE = 1 << LINE_BITS;

  private final int mostRepeated;
  private final List<long[]> repeated = new ArrayList<>();
  private long distinct;

  KeyTables(List<KeySegment> segments, boolean wide, int size, int mostRepeated) {
    this.mostRepeated = mostRepeated;
    int bits =
        Math.min(MOST_PART_BITS, Math.max(1, 32 - Integer.numberOfLeadingZeros(size / TABLE)));
    int shift = 64 - bits;
    int[] ends = starts(segments, shift, 1 << bits);
    long[] dealt = new long[size];
    long[] highs = new long[wide ? size : 0];
    deal(segments, shift, ends, dealt, highs);
    if (wide) {
      countWide(ends, dealt, highs);
    } else {
      countNarrow(ends, dealt, shift);
    }
  }

  static long hash(long high, long low) {
    return Hashes.mix(high == 0 ? low : low ^ Hashes.mix(high));
  }

  long distinct() {
    return distinct;
  }

  /** Some keys that come more than once, as high and low halves. */
  List<long[]> repeated() {
    return repeated;
  }

  /** Where the keys of each part begin. */
  private static int[] starts(List<KeySegment> segments, int shift, int parts) {
    int[] counts = new int[parts + 1];
    for (KeySegment segment : segments) {
      for (long at = 0; at < segment.size(); ) {
        int count = segment.left(at);
        int from = KeySegment.inChunk(at);
        long[] lows = segment.lowChunk(at);
        if (segment.isWide()) {
          long[] highs = segment.highChunk(at);
          for (int i = from; i < from + count; i++) {
            counts[(int) (hash(highs[i], lows[i]) >>> shift) + 1]++;
          }
        } else {
          for (int i = from; i < from + count; i++) {
            counts[(int) (Hashes.mix(lows[i]) >>> shift) + 1]++;
          }
        }
        at += count;
      }
    }
    for (int part = 1; part <= parts; part++) {
      counts[part] += counts[part - 1];
    }
    return counts;
  }

  /** Deals out hashes of narrow keys, or both halves of wide ones; afterwards {@code ends} are the ends. */
  private static void deal(
      List<KeySegment> segments, int shift, int[] ends, long[] dealt, long[] dealtHighs) {
    long[] lines = new long[ends.length << LINE_BITS];
    int[] held = new int[ends.length];
    for (KeySegment segment : segments) {
      for (long at = 0; at < segment.size(); ) {
        int count = segment.left(at);
        int from = KeySegment.inChunk(at);
        long[] lows = segment.lowChunk(at);
        if (segment.isWide()) {
          long[] highs = segment.highChunk(at);
          for (int i = from; i < from + count; i++) {
            int to = ends[(int) (hash(highs[i], lows[i]) >>> shift)]++;
            dealt[to] = lows[i];
            dealtHighs[to] = highs[i];
          }
        } else {
          dealNarrow(lows, from, count, shift, ends, dealt, lines, held);
        }
        at += count;
      }
    }
    for (int part = 0; part < ends.length; part++) {
      System.arraycopy(lines, part << LINE_BITS, dealt, ends[part], held[part]);
      ends[part] += held[part];
    }
  }

  private static void dealNarrow(
      long[] lows,
      int from,
      int count,
      int shift,
      int[] ends,
      long[] dealt,
      long[] lines,
      int[] held) {
    for (int i = from; i < from + count; i++) {
      long hash = Hashes.mix(lows[i]);
      int part = (int) (hash >>> shift);
      int line = part << LINE_BITS;
      int at = held[part];
      lines[line + at] = hash;
      held[part] = at + 1 & LINE - 1;
      if (at == LINE - 1) {
        int to = ends[part];
        ends[part] = to + LINE;
        dealt[to] = lines[line];
        dealt[to + 1] = lines[line + 1];
        dealt[to + 2] = lines[line + 2];
        dealt[to + 3] = lines[line + 3];
        dealt[to + 4] = lines[line + 4];
        dealt[to + 5] = lines[line + 5];
        dealt[to + 6] = lines[line + 6];
        dealt[to + 7] = lines[line + 7];
      }
    }
  }

  private void countNarrow(int[] ends, long[] dealt, int shift) {
    long[] table = new long[16];
    int start = 0;
    for (int part = 0; part < ends.length - 1; part++) {
      int end = ends[part];
      int slots = slots(end - start);
      table = table.length < slots ? new long[slots] : table;
      long empty = (part == 0 ? 1L : 0L) << shift;
      Arrays.fill(table, 0, slots, empty);
      distinct += count(dealt, start, end, table, slots - 1, empty);
      start = end;
    }
  }

  private long count(long[] dealt, int start, int end, long[] table, int mask, long empty) {
    long different = 0;
    for (int i = start; i < end; i++) {
      long hash = dealt[i];
      int slot = (int) hash & mask;
      while (table[slot] != empty && table[slot] != hash) {
        slot = slot + 1 & mask;
      }
      if (table[slot] == hash) {
        repeat(0, unmix(hash));
      } else {
        table[slot] = hash;
        different++;
      }
    }
    return different;
  }

  private void countWide(int[] ends, long[] lows, long[] highs) {
    int[] table = new int[16];
    int start = 0;
    for (int part = 0; part < ends.length - 1; part++) {
      int end = ends[part];
      int slots = slots(end - start);
      table = table.length < slots ? new int[slots] : table;
      Arrays.fill(table, 0, slots, -1);
      for (int i = start; i < end; i++) {
        int slot = (int) hash(highs[i], lows[i]) & slots - 1;
        while (table[slot] >= 0
            && (lows[table[slot]] != lows[i] || highs[table[slot]] != highs[i])) {
          slot = slot + 1 & slots - 1;
        }
        if (table[slot] >= 0) {
          repeat(highs[i], lows[i]);
        } else {
          table[slot] = i;
          distinct++;
        }
      }
      start = end;
    }
  }

  private void repeat(long high, long low) {
    if (repeated.size() < mostRepeated) {
      repeated.add(new long[] {high, low});
    }
  }

  private static int slots(int keys) {
    return Math.max(16, Integer.highestOneBit(Math.max(1, 2 * keys - 1)) << 1);
  }

  /** The inverse of {@link Hashes#mix}. */
  static long unmix(long hash) {
    long z = hash ^ hash >>> 31 ^ hash >>> 62;
    z *= 0x319642b2d24d8ec3L;
    z = z ^ z >>> 27 ^ z >>> 54;
    z *= 0x96de1b173f119089L;
    return z ^ z >>> 30 ^ z >>> 60;
  }
}

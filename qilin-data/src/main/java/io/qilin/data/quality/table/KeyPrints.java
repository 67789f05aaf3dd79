package io.qilin.data.quality.table;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the few keys of a table that may come again: those whose hashes share 42 bits with another's. Equal keys have equal
 * hashes, so none is missed; the others are told apart by a look at the keys themselves. The bits are dealt out by the
 * upper ten of them, so that each table fits the cache, and take half of the memory that keys do.
 */
final class KeyPrints {
  /** How far a hash is shifted to give the bits that are compared. */
  static final int SHIFT = 22;

  private static final int PART_SHIFT = 54;
  private static final int PARTS = 1 << 10;
  private static final int LINE_BITS = 4;
  private static final int LINE = 1 << LINE_BITS;
  private static final int LEAST_KEYS = 1 << 17;

  private final int capacity;
  private final int[] prints;
  private final int[] lines = new int[PARTS << LINE_BITS];
  private final int[] held = new int[PARTS];
  private final int[] ends = new int[PARTS];
  private final long[] found;
  private int count;
  private boolean full;

  private KeyPrints(int size, int most) {
    int mean = size / PARTS;
    this.capacity = mean + 10 * (int) Math.sqrt(mean) + 2 * LINE;
    this.prints = new int[PARTS * capacity];
    this.found = new long[most];
    for (int part = 0; part < PARTS; part++) {
      ends[part] = part * capacity;
    }
  }

  /**
   * The bits that at least two keys share, sorted.
   *
   * @param most how many there may be
   * @return empty if there are more, or the keys are too few or too much alike for this way
   */
  static Optional<long[]> shared(List<KeySegment> segments, int size, int most) {
    if (size < LEAST_KEYS || size > Integer.MAX_VALUE / 2) {
      return Optional.empty();
    }
    KeyPrints prints = new KeyPrints(size, most);
    prints.deal(segments);
    prints.compare();
    return prints.full
        ? Optional.empty()
        : Optional.of(
            Arrays.stream(prints.found, 0, prints.count).sorted().distinct().toArray());
  }

  private void deal(List<KeySegment> segments) {
    for (KeySegment segment : segments) {
      for (long at = 0; at < segment.size() && !full; ) {
        int size = segment.left(at);
        int from = KeySegment.inChunk(at);
        if (segment.isWide()) {
          deal(segment.highChunk(at), segment.lowChunk(at), from, size);
        } else {
          deal(segment.lowChunk(at), from, size);
        }
        at += size;
      }
    }
    for (int part = 0; part < PARTS && !full; part++) {
      System.arraycopy(lines, part << LINE_BITS, prints, ends[part], held[part]);
      ends[part] += held[part];
    }
  }

  private void deal(long[] keys, int from, int size) {
    for (int i = from; i < from + size; i++) {
      put(Hashes.mix(keys[i]));
    }
  }

  private void deal(long[] highs, long[] lows, int from, int size) {
    for (int i = from; i < from + size; i++) {
      put(KeyTables.hash(highs[i], lows[i]));
    }
  }

  /** Gathers a line of the cache for each part before it is written far away. */
  private void put(long hash) {
    int part = (int) (hash >>> PART_SHIFT);
    int at = held[part];
    int line = part << LINE_BITS;
    lines[line + at] = (int) (hash >>> SHIFT);
    held[part] = at + 1 & LINE - 1;
    if (at == LINE - 1) {
      int end = ends[part];
      if (end + 2 * LINE > (part + 1) * capacity) {
        full = true;
        ends[part] = part * capacity;
        return;
      }
      System.arraycopy(lines, line, prints, end, LINE);
      ends[part] = end + LINE;
    }
  }

  private void compare() {
    int slots = Integer.highestOneBit(Math.max(16, 2 * capacity)) << 1;
    int[] table = new int[slots];
    for (int part = 0; part < PARTS && !full; part++) {
      Arrays.fill(table, 0);
      compare(part, table, slots - 1);
    }
  }

  private void compare(int part, int[] table, int mask) {
    for (int i = part * capacity; i < ends[part]; i++) {
      int print = prints[i];
      int kept = print == 0 ? 1 : print;
      int slot = kept & mask;
      while (table[slot] != 0 && table[slot] != kept) {
        slot = slot + 1 & mask;
      }
      if (table[slot] == kept) {
        share(part, print);
      } else {
        table[slot] = kept;
      }
    }
  }

  private void share(int part, int print) {
    if (count + 2 > found.length) {
      full = true;
      return;
    }
    long upper = (long) part << 32;
    found[count++] = upper | (print & 0xffff_ffffL);
    if (print == 0 || print == 1) {
      found[count++] = upper | 1 - print;
    }
  }
}

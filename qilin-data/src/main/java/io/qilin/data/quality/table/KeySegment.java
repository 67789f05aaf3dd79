package io.qilin.data.quality.table;

import java.util.Arrays;

/**
 * Keys in the order in which they came, and what order there is in them: runs that rise, or stretches that do not. A table
 * that is sorted by its key is one run, whose uniqueness is known without any look-up. Grows at its end only.
 */
final class KeySegment {
  private static final int CHUNK_BITS = 15;
  private static final int CHUNK = 1 << CHUNK_BITS;
  private static final int MOST_REPEATS = 1 << 16;
  private static final int MOST_SPANS = 1 << 20;

  /** A run of so many keys ends where the rows jump, as rows between may be in another segment. */
  private static final int LONG_RUN = 1 << 12;

  private final boolean wide;
  private long[][] high = new long[0][];
  private long[][] low = new long[16][];
  private long size;

  /** Where runs begin, and whether they rise. */
  private long[] runStart = new long[16];

  private boolean[] rising = new boolean[16];
  private int runs;

  /** Positions of keys that are equal to the one before in their rising run. */
  private final LongList repeats = new LongList();

  private long repeated;

  /** Where rows stop following each other: position, part and row. */
  private long[] spanStart = new long[16];

  private int[] spanPart = new int[16];
  private long[] spanRow = new long[16];
  private int spans;
  private boolean rowsLost;
  private boolean jumped;

  KeySegment(boolean wide) {
    this.wide = wide;
    if (wide) {
      high = new long[16][];
    }
  }

  long size() {
    return size;
  }

  boolean isWide() {
    return wide;
  }

  long bytes() {
    return size * (wide ? 16 : 8) + (long) spans * 20 + 4096;
  }

  long high(long at) {
    return wide ? high[(int) (at >>> CHUNK_BITS)][(int) at & CHUNK - 1] : 0;
  }

  long low(long at) {
    return low[(int) (at >>> CHUNK_BITS)][(int) at & CHUNK - 1];
  }

  /** The keys around a position and how many of them follow from it on, for loops. */
  long[] lowChunk(long at) {
    return low[(int) (at >>> CHUNK_BITS)];
  }

  long[] highChunk(long at) {
    return high[(int) (at >>> CHUNK_BITS)];
  }

  static int inChunk(long at) {
    return (int) at & CHUNK - 1;
  }

  int left(long at) {
    return (int) Math.min(CHUNK - inChunk(at), size - at);
  }

  int runs() {
    return runs;
  }

  long runStart(int run) {
    return runStart[run];
  }

  long runEnd(int run) {
    return run + 1 < runs ? runStart[run + 1] : size;
  }

  boolean rises(int run) {
    return rising[run];
  }

  /** How many keys are equal to the one before in a rising run. */
  long repeated() {
    return repeated;
  }

  LongList repeats() {
    return repeats;
  }

  /** Says from which row the next keys are. */
  void at(int part, long row) {
    if (spans > 0
        && spanPart[spans - 1] == part
        && spanRow[spans - 1] >= 0
        && row >= 0
        && spanRow[spans - 1] + (size - spanStart[spans - 1]) == row) {
      return;
    }
    if (spans == MOST_SPANS) {
      rowsLost = true;
      return;
    }
    jumped = true;
    if (spans == spanStart.length) {
      spanStart = Arrays.copyOf(spanStart, 2 * spans);
      spanPart = Arrays.copyOf(spanPart, 2 * spans);
      spanRow = Arrays.copyOf(spanRow, 2 * spans);
    }
    spanStart[spans] = size;
    spanPart[spans] = part;
    spanRow[spans++] = row;
  }

  private int span(long at) {
    int found = Arrays.binarySearch(spanStart, 0, spans, at);
    return found < 0 ? -found - 2 : found;
  }

  /** The part of the key at a position. */
  int part(long at) {
    return spanPart[span(at)];
  }

  /** The row of the key at a position, or −1. */
  long row(long at) {
    int span = span(at);
    return rowsLost || spanRow[span] < 0 ? -1 : spanRow[span] + (at - spanStart[span]);
  }

  /** Whether all keys are of one part and stand in the order of their rows, which are known. */
  boolean isInRowOrder() {
    for (int span = 1; span < spans; span++) {
      long before = spanRow[span - 1] + (spanStart[span] - spanStart[span - 1]);
      if (spanPart[span] != spanPart[0] || spanRow[span] < before) {
        return false;
      }
    }
    return !rowsLost && spanRow[0] >= 0;
  }

  /** Whether rows are known no more, as they jumped too often. */
  boolean areRowsLost() {
    return rowsLost;
  }

  /** Adds keys; {@code highs} is not looked at where keys are narrow. */
  void add(long[] highs, long[] lows, int from, int count) {
    if (count == 0) {
      return;
    }
    int equal = wide ? rise(highs, lows, from, count) : rise(lows, from, count);
    boolean inner = equal >= 0;
    int order = size == 0 ? -1 : compare(high(size - 1), low(size - 1), highs[from], lows[from]);
    boolean cut = jumped && runs > 0 && size - runStart[runs - 1] >= LONG_RUN;
    jumped = false;
    boolean joins = runs > 0 && !cut && rising[runs - 1] && order <= 0;
    boolean continued = runs > 0 && (inner ? joins : !rising[runs - 1]);
    if (!continued) {
      begin(inner);
    }
    if (inner && joins && order == 0) {
      repeat(size);
    }
    if (equal > 0) {
      addRepeats(highs, lows, from, count);
    }
    append(highs, lows, from, count);
  }

  /** How many keys are equal to the one before, or −1 if they do not rise. */
  private static int rise(long[] lows, int from, int count) {
    int equal = 0;
    long last = lows[from];
    for (int i = from + 1; i < from + count; i++) {
      long key = lows[i];
      if (last >= key) {
        if (last > key) {
          return -1;
        }
        equal++;
      }
      last = key;
    }
    return equal;
  }

  private static int rise(long[] highs, long[] lows, int from, int count) {
    int equal = 0;
    for (int i = from + 1; i < from + count; i++) {
      int order = compare(highs[i - 1], lows[i - 1], highs[i], lows[i]);
      if (order > 0) {
        return -1;
      }
      equal += order == 0 ? 1 : 0;
    }
    return equal;
  }

  private void addRepeats(long[] highs, long[] lows, int from, int count) {
    for (int i = from + 1; i < from + count; i++) {
      if (lows[i - 1] == lows[i] && (!wide || highs[i - 1] == highs[i])) {
        repeat(size + i - from);
      }
    }
  }

  private void repeat(long at) {
    repeated++;
    if (repeats.size() < MOST_REPEATS) {
      repeats.add(at);
    }
  }

  private void begin(boolean rises) {
    if (runs == runStart.length) {
      runStart = Arrays.copyOf(runStart, 2 * runs);
      rising = Arrays.copyOf(rising, 2 * runs);
    }
    runStart[runs] = size;
    rising[runs++] = rises;
  }

  private void append(long[] highs, long[] lows, int from, int count) {
    int done = 0;
    while (done < count) {
      int chunk = (int) (size >>> CHUNK_BITS);
      int at = inChunk(size);
      if (at == 0) {
        low = room(low, chunk);
        if (wide) {
          high = room(high, chunk);
        }
      }
      int part = Math.min(count - done, CHUNK - at);
      System.arraycopy(lows, from + done, low[chunk], at, part);
      if (wide) {
        System.arraycopy(highs, from + done, high[chunk], at, part);
      }
      size += part;
      done += part;
    }
  }

  private static long[][] room(long[][] chunks, int chunk) {
    long[][] wider = chunk == chunks.length ? Arrays.copyOf(chunks, 2 * chunks.length) : chunks;
    wider[chunk] = new long[CHUNK];
    return wider;
  }

  static int compare(long high, long low, long otherHigh, long otherLow) {
    int order = Long.compare(high, otherHigh);
    return order != 0 ? order : Long.compare(low, otherLow);
  }
}

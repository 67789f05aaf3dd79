package io.qilin.data.quality.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Keys as bytes: sorted, each as its distance from the one before, so that equal sets of keys are equal bytes. */
final class SortedKeys {
  private SortedKeys() {}

  static void write(DataOutput out, List<KeySegment> segments, boolean wide) throws IOException {
    long size = segments.stream().mapToLong(KeySegment::size).sum();
    if (size > Integer.MAX_VALUE - 16) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED, "a state of " + size + " keys is too large to be stored");
    }
    long[] high = new long[wide ? (int) size : 0];
    long[] low = new long[(int) size];
    int count = 0;
    for (KeySegment segment : segments) {
      for (long at = 0; at < segment.size(); at++) {
        low[count] = segment.low(at);
        if (wide) {
          high[count] = segment.high(at);
        }
        count++;
      }
    }
    if (wide) {
      sortPairs(high, low);
    } else {
      Arrays.sort(low);
    }
    Stored.number(out, size);
    long lastHigh = 0;
    long lastLow = 0;
    for (int i = 0; i < count; i++) {
      long nextHigh = wide ? high[i] : 0;
      if (wide) {
        Stored.number(out, nextHigh - lastHigh);
      }
      Stored.number(out, low[i] - (nextHigh == lastHigh ? lastLow : 0));
      lastHigh = nextHigh;
      lastLow = low[i];
    }
  }

  static KeySegment read(DataInput in, boolean wide, long mostBytes) throws IOException {
    long size = Stored.number(in);
    if (size < 0) {
      throw Stored.broken("a list of " + size + " keys");
    }
    if (size > mostBytes / (wide ? 16 : 8)) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "a stored state has " + size + " keys, which need more than the " + mostBytes
              + " bytes of JudgeOptions.keyBytes");
    }
    KeySegment segment = new KeySegment(wide);
    segment.at(0, TableFinding.NO_ROW);
    long[] high = new long[Block.ROWS];
    long[] low = new long[Block.ROWS];
    long lastHigh = 0;
    long lastLow = 0;
    int count = 0;
    for (long i = 0; i < size; i++) {
      long step = wide ? Stored.number(in) : 0;
      lastLow = (step == 0 ? lastLow : 0) + Stored.number(in);
      lastHigh += step;
      high[count] = lastHigh;
      low[count++] = lastLow;
      if (count == Block.ROWS || i == size - 1) {
        segment.add(high, low, 0, count);
        count = 0;
      }
    }
    return segment;
  }

  /** Sorts pairs by their first number, then by their second: a heap sort, as there is no array of objects to sort. */
  private static void sortPairs(long[] high, long[] low) {
    int size = low.length;
    for (int root = size / 2 - 1; root >= 0; root--) {
      sift(high, low, root, size);
    }
    for (int end = size - 1; end > 0; end--) {
      swap(high, low, 0, end);
      sift(high, low, 0, end);
    }
  }

  private static void sift(long[] high, long[] low, int start, int end) {
    int root = start;
    while (2 * root + 1 < end) {
      int child = 2 * root + 1;
      if (child + 1 < end && isLess(high, low, child, child + 1)) {
        child++;
      }
      if (!isLess(high, low, root, child)) {
        return;
      }
      swap(high, low, root, child);
      root = child;
    }
  }

  private static boolean isLess(long[] high, long[] low, int one, int other) {
    return KeySegment.compare(high[one], low[one], high[other], low[other]) < 0;
  }

  private static void swap(long[] high, long[] low, int one, int other) {
    long keptHigh = high[one];
    long keptLow = low[one];
    high[one] = high[other];
    low[one] = low[other];
    high[other] = keptHigh;
    low[other] = keptLow;
  }
}

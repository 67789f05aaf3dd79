package io.qilin.data.quality.table;

import io.qilin.data.table.ColumnType;
import java.util.BitSet;
import java.util.List;

/** Copies keys with other numbers for their texts and parts. */
final class KeyRenumbering {
  private final KeyShape shape;
  private final int[] numbers;

  /** Numbers by old number; none if texts keep theirs. */
  KeyRenumbering(KeyShape shape, int[] numbers) {
    this.shape = shape;
    this.numbers = numbers;
  }

  KeySegment copy(KeySegment from, int[] parts) {
    KeySegment to = new KeySegment(from.isWide());
    long[] high = new long[Block.ROWS];
    long[] low = new long[Block.ROWS];
    int count = 0;
    for (long at = 0; at < from.size(); at++) {
      boolean jumps = count == Block.ROWS
          || (at > 0
              && (from.part(at) != from.part(at - 1) || from.row(at) != from.row(at - 1) + 1));
      if (jumps && count > 0) {
        flush(from, to, parts, at - count, high, low, count);
        count = 0;
      }
      high[count] = from.high(at);
      low[count] = from.low(at);
      renumber(high, low, count++);
    }
    if (count > 0) {
      flush(from, to, parts, from.size() - count, high, low, count);
    }
    return to;
  }

  private static void flush(
      KeySegment from, KeySegment to, int[] parts, long start, long[] high, long[] low, int count) {
    to.at(parts[from.part(start)], from.row(start));
    to.add(high, low, 0, count);
  }

  private void renumber(long[] high, long[] low, int at) {
    for (int part = 0; numbers.length > 0 && part < shape.parts(); part++) {
      if (shape.type(part) == ColumnType.TEXT) {
        long old = shape.code(part, high[at], low[at]);
        long change = (old ^ numbers[(int) old]) & 0xffff_ffffL;
        int shift = shape.shift(part);
        if (shift >= 64) {
          high[at] ^= change << (shift - 64);
        } else {
          low[at] ^= change << shift;
        }
      }
    }
  }

  /** The numbers of the texts that keys have; none if texts have no numbers. */
  BitSet texts(List<KeySegment> segments) {
    BitSet used = new BitSet(numbers.length);
    for (int part = 0; numbers.length > 0 && part < shape.parts(); part++) {
      if (shape.type(part) == ColumnType.TEXT) {
        for (KeySegment segment : segments) {
          for (long at = 0; at < segment.size(); at++) {
            used.set((int) shape.code(part, segment.high(at), segment.low(at)));
          }
        }
      }
    }
    return used;
  }

  /** Checks that keys from outside have only texts that there are. */
  void requireKnown(KeySegment segment) {
    for (long at = 0; at < segment.size(); at++) {
      for (int part = 0; part < shape.parts(); part++) {
        if (shape.type(part) == ColumnType.TEXT) {
          long code = shape.code(part, segment.high(at), segment.low(at));
          if (code < 0 || code >= numbers.length) {
            throw Stored.broken("a key with text " + code + " of " + numbers.length);
          }
        }
      }
    }
  }
}

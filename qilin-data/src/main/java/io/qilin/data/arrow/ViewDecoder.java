package io.qilin.data.arrow;

import io.qilin.data.table.TextColumn;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * Turns views into texts. A view has 16 bytes: the length, and then the text itself if it has up to 12 bytes, otherwise its
 * first four, the number of a data buffer and the place in it. Source: "Variable-size Binary View Layout" of Arrow's
 * columnar format, version 1.4.
 *
 * <p>The long texts are put in the order of their buffers, so that one buffer at a time is in memory and each is unpacked
 * once. Views may share bytes, so that a small file could ask for any amount of work: texts together may have as many
 * bytes as the buffers, sixteen times, with a mebibyte free.
 */
final class ViewDecoder {
  private static final int WIDTH = 16;
  private static final int INLINE = 12;
  private static final int SHARED = 16;
  private static final long FREE = 1 << 20;

  private final BodyBuffers buffers;
  private final MemoryBudget budget;
  private final int rows;

  ViewDecoder(BodyBuffers buffers, MemoryBudget budget, int rows) {
    this.buffers = buffers;
    this.budget = budget;
    this.rows = rows;
  }

  /**
   * The place in the words of each row's text, {@link TextColumn#UNKNOWN} where it is null.
   *
   * @param count how many data buffers there are
   */
  int[] codes(int firstBuffer, int count, int nulls, WordList words, Where where) {
    budget.take(4L * rows + 4L * count, where);
    BitSet missing = Validity.missing(buffers, firstBuffer, rows, nulls, where);
    ByteBuffer views = buffers.get(firstBuffer + 1, where);
    if (views.remaining() < (long) rows * WIDTH) {
      throw where.broken(
          rows + " views need " + (long) rows * WIDTH + " bytes, there are " + views.remaining());
    }
    int[] codes = new int[rows];
    int[] ends = new int[count + 1];
    for (int row = 0; row < rows; row++) {
      int length = views.getInt(row * WIDTH);
      if (missing.get(row)) {
        codes[row] = TextColumn.UNKNOWN;
      } else if (length >= 0 && length <= INLINE) {
        int from = views.arrayOffset() + row * WIDTH + Integer.BYTES;
        codes[row] = words.add(views.array(), from, length, budget, where, row);
      } else {
        ends[buffer(views, row, length, count, where) + 1]++;
      }
    }
    for (int i = 0; i < count; i++) {
      ends[i + 1] += ends[i];
    }
    if (ends[count] > 0) {
      budget.take(16L * ends[count] + 4L * count, where);
      LongViews longs = new LongViews(ends);
      for (int row = 0; row < rows; row++) {
        if (!missing.get(row) && views.getInt(row * WIDTH) > INLINE) {
          longs.add(views, row);
        }
      }
      read(longs, ends, firstBuffer + 2, codes, words, where);
    }
    return codes;
  }

  private static int buffer(ByteBuffer views, int row, int length, int count, Where where) {
    int buffer = views.getInt(row * WIDTH + 8);
    if (length < 0 || buffer < 0 || buffer >= count) {
      throw where.broken("row " + row + " is a view of " + length + " bytes in data buffer "
          + buffer + " of " + count);
    }
    return buffer;
  }

  private void read(
      LongViews longs, int[] ends, int firstBuffer, int[] codes, WordList words, Where where) {
    long there = (long) rows * WIDTH;
    long read = 0;
    for (int buffer = 0; buffer + 1 < ends.length; buffer++) {
      if (ends[buffer] == ends[buffer + 1]) {
        continue;
      }
      ByteBuffer data = buffers.get(firstBuffer + buffer, where);
      there += data.remaining();
      for (int i = ends[buffer]; i < ends[buffer + 1]; i++) {
        int row = longs.rows[i];
        int from = longs.offsets[i];
        int length = longs.lengths[i];
        if (from < 0 || length > data.remaining() - from) {
          throw where.broken("row " + row + " is a view of " + length + " bytes at " + from
              + " of a data buffer of " + data.remaining());
        }
        if (data.getInt(from) != longs.prefixes[i]) {
          throw where.broken(
              "row " + row + " is a view that begins with other bytes than its text");
        }
        read += length;
        if (read - FREE > there * SHARED) {
          throw where.tooLarge(
              "its texts share their bytes more than " + SHARED + " times; write it as Utf8");
        }
        codes[row] = words.add(data.array(), data.arrayOffset() + from, length, budget, where, row);
      }
    }
  }

  /** The views that lead to data buffers, in the order of these. */
  private static final class LongViews {
    private final int[] next;
    private final int[] rows;
    private final int[] lengths;
    private final int[] prefixes;
    private final int[] offsets;

    LongViews(int[] ends) {
      int count = ends[ends.length - 1];
      next = ends.clone();
      rows = new int[count];
      lengths = new int[count];
      prefixes = new int[count];
      offsets = new int[count];
    }

    void add(ByteBuffer views, int row) {
      int at = row * WIDTH;
      int place = next[views.getInt(at + 8)]++;
      rows[place] = row;
      lengths[place] = views.getInt(at);
      prefixes[place] = views.getInt(at + 4);
      offsets[place] = views.getInt(at + 12);
    }
  }
}

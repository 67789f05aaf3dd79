package io.qilin.parquet;

import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TextColumn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.parquet.format.Statistics;

/**
 * The least and the greatest cell of whole numbers, days, moments and texts, and how many are missing. Of other columns
 * only the latter, and of texts beyond 128 bytes too.
 */
final class ColumnRange {
  private static final int LONGEST = 128;

  private final ColumnType type;
  private long missing;
  private long least = Long.MAX_VALUE;
  private long greatest = Long.MIN_VALUE;
  private byte[] first = {};
  private byte[] last = {};
  private boolean any;
  private boolean tooLong;

  ColumnRange(ColumnType type) {
    this.type = type;
  }

  /** Takes the rows {@code [from, to)} in. */
  void include(Column column, int from, int to) {
    for (int row = from; row < to; row++) {
      missing += column.isKnown(row) ? 0 : 1;
    }
    if (column instanceof IntColumn cells) {
      for (int row = from; row < to; row++) {
        if (cells.isKnown(row)) {
          include(cells.value(row));
        }
      }
    } else if (column instanceof LongColumn cells) {
      for (int row = from; row < to; row++) {
        if (cells.isKnown(row)) {
          include(cells.value(row));
        }
      }
    } else if (column instanceof TextColumn cells) {
      BitSet codes = new BitSet();
      for (int row = from; row < to; row++) {
        if (cells.isKnown(row)) {
          codes.set(cells.code(row));
        }
      }
      codes.stream().forEach(code -> include(cells.words().get(code)));
    }
  }

  private void include(long value) {
    any = true;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }

  private void include(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    tooLong |= bytes.length > LONGEST;
    if (!any || Arrays.compareUnsigned(bytes, first) < 0) {
      first = bytes;
    }
    if (!any || Arrays.compareUnsigned(bytes, last) > 0) {
      last = bytes;
    }
    any = true;
  }

  Statistics statistics() {
    Statistics kept = new Statistics();
    kept.setNull_count(missing);
    if (any && !tooLong) {
      kept.setMin_value(type == ColumnType.TEXT ? first : bytes(least));
      kept.setMax_value(type == ColumnType.TEXT ? last : bytes(greatest));
    }
    return kept;
  }

  private byte[] bytes(long value) {
    boolean narrow = type == ColumnType.INT32 || type == ColumnType.DATE;
    ByteBuffer buffer =
        ByteBuffer.allocate(narrow ? Integer.BYTES : Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return narrow ? buffer.putInt((int) value).array() : buffer.putLong(value).array();
  }
}

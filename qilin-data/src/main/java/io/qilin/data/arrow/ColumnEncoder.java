package io.qilin.data.arrow;

import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.Column;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TextColumn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntPredicate;

/** Lays columns out as Arrow does. Cells that are not known are written as zeros, so that equal tables give equal bytes. */
final class ColumnEncoder {
  private ColumnEncoder() {}

  /** A column of numbers, moments, days, times or truth values. */
  static EncodedColumn encode(Column column) {
    int rows = column.rows();
    int missing = column.missing();
    return new EncodedColumn(missing, List.of(validity(column, missing), values(column, rows)));
  }

  /** A dictionary-encoded column. */
  static EncodedColumn references(TextColumn column, int[] places) {
    EncodedColumn.Part data = new EncodedColumn.Part(4L * column.rows(), out -> {
      for (int row = 0; row < column.rows(); row++) {
        int code = column.code(row);
        out.room(Integer.BYTES).putInt(code == TextColumn.UNKNOWN ? 0 : places[code]);
      }
    });
    return new EncodedColumn(column.missing(), List.of(validity(column, column.missing()), data));
  }

  /** A column of texts, each written out. */
  static EncodedColumn texts(TextColumn column, UsedWords words) {
    EncodedColumn.Part offsets = new EncodedColumn.Part(4L * column.rows() + 4, out -> {
      int end = 0;
      out.room(Integer.BYTES).putInt(0);
      for (int row = 0; row < column.rows(); row++) {
        end += words.length(column.code(row));
        out.room(Integer.BYTES).putInt(end);
      }
    });
    EncodedColumn.Part data = new EncodedColumn.Part(words.textBytes(), out -> {
      for (int row = 0; row < column.rows(); row++) {
        out.write(words.bytes(column.code(row)));
      }
    });
    return new EncodedColumn(
        column.missing(), List.of(validity(column, column.missing()), offsets, data));
  }

  /** The entries of a dictionary. */
  static EncodedColumn words(List<byte[]> words) {
    long bytes = words.stream().mapToLong(word -> word.length).sum();
    EncodedColumn.Part offsets = new EncodedColumn.Part(4L * words.size() + 4, out -> {
      int end = 0;
      out.room(Integer.BYTES).putInt(0);
      for (byte[] word : words) {
        end += word.length;
        out.room(Integer.BYTES).putInt(end);
      }
    });
    EncodedColumn.Part data = new EncodedColumn.Part(bytes, out -> {
      for (byte[] word : words) {
        out.write(word);
      }
    });
    return new EncodedColumn(0, List.of(EncodedColumn.Part.NONE, offsets, data));
  }

  private static EncodedColumn.Part validity(Column column, int missing) {
    return missing == 0 ? EncodedColumn.Part.NONE : bits(column.rows(), column::isKnown);
  }

  private static EncodedColumn.Part bits(int rows, IntPredicate isSet) {
    return new EncodedColumn.Part((rows + 7L) / 8, out -> {
      for (int row = 0; row < rows; row += 8) {
        int bits = 0;
        for (int i = row; i < Math.min(rows, row + 8); i++) {
          bits |= isSet.test(i) ? 1 << (i & 7) : 0;
        }
        out.room(1).put((byte) bits);
      }
    });
  }

  private static EncodedColumn.Part values(Column column, int rows) {
    if (column instanceof DoubleColumn cells) {
      return new EncodedColumn.Part(8L * rows, out -> write(out, cells));
    }
    if (column instanceof LongColumn cells) {
      return new EncodedColumn.Part(8L * rows, out -> write(out, cells));
    }
    if (column instanceof IntColumn cells) {
      return new EncodedColumn.Part(4L * rows, out -> {
        for (int row = 0; row < rows; row++) {
          out.room(Integer.BYTES).putInt(cells.isKnown(row) ? cells.value(row) : 0);
        }
      });
    }
    BooleanColumn cells = (BooleanColumn) column;
    return bits(rows, row -> cells.isKnown(row) && cells.value(row));
  }

  private static void write(ChunkOutput out, DoubleColumn cells) throws IOException {
    int rows = cells.rows();
    for (int row = 0; row < rows; ) {
      ByteBuffer chunk = out.room(Double.BYTES);
      int end = Math.min(rows, row + chunk.remaining() / Double.BYTES);
      for (; row < end; row++) {
        double cell = cells.value(row);
        chunk.putDouble(Double.isNaN(cell) ? 0 : cell);
      }
    }
  }

  private static void write(ChunkOutput out, LongColumn cells) throws IOException {
    int rows = cells.rows();
    boolean all = cells.missing() == 0;
    for (int row = 0; row < rows; ) {
      ByteBuffer chunk = out.room(Long.BYTES);
      int end = Math.min(rows, row + chunk.remaining() / Long.BYTES);
      for (; row < end; row++) {
        chunk.putLong(all || cells.isKnown(row) ? cells.value(row) : 0);
      }
    }
  }
}

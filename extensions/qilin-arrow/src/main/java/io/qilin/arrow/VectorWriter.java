package io.qilin.arrow;

import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TextColumn;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeStampNanoTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Copies the columns of a batch into vectors. */
final class VectorWriter {
  private VectorWriter() {}

  static VectorSchemaRoot write(TableBatch batch, OpenVectors vectors) {
    for (TableField field : batch.schema().fields()) {
      Column column = batch.column(field.name());
      if (column instanceof DoubleColumn cells) {
        doubles(field.name(), cells, vectors);
      } else if (column instanceof IntColumn cells) {
        ints(field.name(), cells, vectors);
      } else if (column instanceof LongColumn cells) {
        longs(field.name(), cells, vectors);
      } else if (column instanceof TextColumn cells) {
        texts(field.name(), cells, vectors);
      } else {
        booleans(field.name(), (BooleanColumn) column, vectors);
      }
    }
    return vectors.root(batch.rows());
  }

  private static void doubles(String name, DoubleColumn cells, OpenVectors vectors) {
    Float8Vector vector = vectors.add(new Float8Vector(name, vectors.allocator()));
    vector.allocateNew(cells.rows());
    for (int row = 0; row < cells.rows(); row++) {
      double cell = cells.value(row);
      if (!Double.isNaN(cell)) {
        vector.set(row, cell);
      }
    }
  }

  private static void ints(String name, IntColumn cells, OpenVectors vectors) {
    boolean dates = cells.type() == ColumnType.DATE;
    BaseFixedWidthVector vector = vectors.add(
        dates
            ? new DateDayVector(name, vectors.allocator())
            : new IntVector(name, vectors.allocator()));
    vector.allocateNew(cells.rows());
    for (int row = 0; row < cells.rows(); row++) {
      if (cells.isKnown(row)) {
        vector.setIndexDefined(row);
        vector.getDataBuffer().setInt((long) row * Integer.BYTES, cells.value(row));
      }
    }
  }

  private static void longs(String name, LongColumn cells, OpenVectors vectors) {
    BaseFixedWidthVector vector = vectors.add(
        switch (cells.type()) {
          case TIMESTAMP -> new TimeStampNanoTZVector(name, vectors.allocator(), "UTC");
          case TIME -> new TimeNanoVector(name, vectors.allocator());
          default -> new BigIntVector(name, vectors.allocator());
        });
    vector.allocateNew(cells.rows());
    for (int row = 0; row < cells.rows(); row++) {
      if (cells.isKnown(row)) {
        vector.setIndexDefined(row);
        vector.getDataBuffer().setLong((long) row * Long.BYTES, cells.value(row));
      }
    }
  }

  private static void texts(String name, TextColumn cells, OpenVectors vectors) {
    VarCharVector vector = vectors.add(new VarCharVector(name, vectors.allocator()));
    vector.allocateNew();
    byte[][] words = new byte[cells.words().size()][];
    for (int row = 0; row < cells.rows(); row++) {
      int code = cells.code(row);
      if (code != TextColumn.UNKNOWN) {
        if (words[code] == null) {
          words[code] = cells.words().get(code).getBytes(StandardCharsets.UTF_8);
        }
        vector.setSafe(row, words[code]);
      }
    }
  }

  private static void booleans(String name, BooleanColumn cells, OpenVectors vectors) {
    BitVector vector = vectors.add(new BitVector(name, vectors.allocator()));
    vector.allocateNew(cells.rows());
    for (int row = 0; row < cells.rows(); row++) {
      if (cells.isKnown(row)) {
        vector.set(row, cells.value(row) ? 1 : 0);
      }
    }
  }
}

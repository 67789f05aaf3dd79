package io.qilin.spark;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TextColumn;
import java.io.Serializable;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Rows of Spark as batches of up to 8,192 rows and about 16 MiB. For use by one thread. */
final class RowBatches implements Iterator<TableBatch> {
  private static final int ROWS = 8192;
  private static final int BYTES = 16 << 20;
  private static final long NANOS = 1000;

  private final Iterator<InternalRow> rows;
  private final Form form;
  private final TableSchema schema;
  private final int most;

  RowBatches(Iterator<InternalRow> rows, Form form) {
    this.rows = rows;
    this.form = form;
    this.schema = form.table();
    int rowBytes = Math.max(1, schema.fields().size()) * Double.BYTES;
    this.most = Math.min(ROWS, Math.max(1, BYTES / rowBytes));
  }

  /** The columns of a table, in Spark's words and in Qilin's. */
  static final class Form implements Serializable {
    private static final long serialVersionUID = 1L;

    private final StructType struct;

    private Form(StructType struct) {
      this.struct = struct;
    }

    /**
     * Checks the types.
     *
     * @throws QilinException UNSUPPORTED for a column of another type
     */
    static Form of(StructType struct) {
      for (StructField column : struct.fields()) {
        type(column);
      }
      return new Form(struct);
    }

    /** The columns for Qilin. */
    TableSchema table() {
      List<TableField> fields = new ArrayList<>();
      for (StructField column : struct.fields()) {
        fields.add(new TableField(column.name(), type(column)));
      }
      return new TableSchema(fields);
    }

    DataType spark(int column) {
      return struct.apply(column).dataType();
    }

    /** Whether a column is of a type that is read. */
    static boolean isRead(StructField column) {
      return typeOf(column.dataType()).isPresent();
    }

    private static ColumnType type(StructField column) {
      return typeOf(column.dataType())
          .orElseThrow(() -> new QilinException(
              ErrorCode.UNSUPPORTED,
              "column " + QilinException.quote(column.name()) + " is of the type "
                  + column.dataType().sql()
                  + "; numbers, DATE, TIMESTAMP, STRING and BOOLEAN are read; convert or drop it"));
    }

    private static Optional<ColumnType> typeOf(DataType type) {
      if (type.equals(DataTypes.DoubleType)
          || type.equals(DataTypes.FloatType)
          || type instanceof DecimalType) {
        return Optional.of(ColumnType.FLOAT64);
      } else if (type.equals(DataTypes.IntegerType)
          || type.equals(DataTypes.ShortType)
          || type.equals(DataTypes.ByteType)) {
        return Optional.of(ColumnType.INT32);
      } else if (type.equals(DataTypes.LongType)) {
        return Optional.of(ColumnType.INT64);
      } else if (type.equals(DataTypes.DateType)) {
        return Optional.of(ColumnType.DATE);
      } else if (type.equals(DataTypes.TimestampType)) {
        return Optional.of(ColumnType.TIMESTAMP);
      } else if (type instanceof StringType) {
        return Optional.of(ColumnType.TEXT);
      } else if (type.equals(DataTypes.BooleanType)) {
        return Optional.of(ColumnType.BOOLEAN);
      }
      return Optional.empty();
    }

    /** The columns of a table for Spark. */
    static StructType structOf(TableSchema schema) {
      List<StructField> columns = new ArrayList<>();
      for (TableField field : schema.fields()) {
        DataType type = switch (field.type()) {
          case FLOAT64 -> DataTypes.DoubleType;
          case INT32 -> DataTypes.IntegerType;
          case INT64, TIME -> DataTypes.LongType;
          case DATE -> DataTypes.DateType;
          case TIMESTAMP -> DataTypes.TimestampType;
          case TEXT -> DataTypes.StringType;
          case BOOLEAN -> DataTypes.BooleanType;
        };
        columns.add(DataTypes.createStructField(field.name(), type, true));
      }
      return DataTypes.createStructType(columns);
    }
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public TableBatch next() {
    if (!rows.hasNext()) {
      throw new NoSuchElementException();
    }
    List<Cells> columns = new ArrayList<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      columns.add(new Cells(schema.fields().get(i), form.spark(i), i, most));
    }
    int count = 0;
    long textBytes = 0;
    for (; count < most && textBytes < BYTES && rows.hasNext(); count++) {
      InternalRow row = rows.next();
      for (Cells cells : columns) {
        textBytes += cells.take(row, count);
      }
    }
    int taken = count;
    return new TableBatch(
        schema, columns.stream().map(cells -> cells.column(taken)).toList());
  }

  /** The cells of one column, as whole numbers, numbers or texts. */
  private static final class Cells {
    private final TableField field;
    private final DataType spark;
    private final int place;
    private final double[] doubles;
    private final long[] longs;
    private final List<@Nullable String> texts = new ArrayList<>();
    private final BitSet missing = new BitSet();

    Cells(TableField field, DataType spark, int place, int rows) {
      this.field = field;
      this.spark = spark;
      this.place = place;
      boolean isDouble = field.type() == ColumnType.FLOAT64;
      this.doubles = new double[isDouble ? rows : 0];
      this.longs = new long[isDouble || field.type() == ColumnType.TEXT ? 0 : rows];
    }

    /** Takes a cell, and tells how many bytes of text it has. */
    int take(InternalRow row, int at) {
      boolean isNull = row.isNullAt(place);
      if (field.type() == ColumnType.TEXT) {
        @Nullable UTF8String text = isNull ? null : row.getUTF8String(place);
        texts.add(text == null ? null : text.toString());
        return text == null ? 0 : text.numBytes();
      } else if (field.type() == ColumnType.FLOAT64) {
        doubles[at] = isNull ? Double.NaN : number(row);
      } else {
        missing.set(at, isNull);
        longs[at] = isNull ? 0 : whole(row);
      }
      return 0;
    }

    private double number(InternalRow row) {
      if (spark instanceof DecimalType decimal) {
        return row.getDecimal(place, decimal.precision(), decimal.scale()).toDouble();
      }
      return spark.equals(DataTypes.FloatType) ? row.getFloat(place) : row.getDouble(place);
    }

    private long whole(InternalRow row) {
      if (spark.equals(DataTypes.LongType)) {
        return row.getLong(place);
      } else if (spark.equals(DataTypes.ShortType)) {
        return row.getShort(place);
      } else if (spark.equals(DataTypes.ByteType)) {
        return row.getByte(place);
      } else if (spark.equals(DataTypes.BooleanType)) {
        return row.getBoolean(place) ? 1 : 0;
      } else if (spark.equals(DataTypes.TimestampType)) {
        return nanos(row.getLong(place));
      }
      return row.getInt(place);
    }

    private long nanos(long micros) {
      if (micros > Long.MAX_VALUE / NANOS || micros < Long.MIN_VALUE / NANOS) {
        throw new QilinException(
            ErrorCode.DATA_FORMAT,
            "column " + QilinException.quote(field.name()) + " has the moment of " + micros
                + " microseconds since 1970; moments are of the years 1677 to 2262");
      }
      return micros * NANOS;
    }

    Column column(int rows) {
      return switch (field.type()) {
        case FLOAT64 -> DoubleColumn.of(DoubleBuffer.wrap(doubles, 0, rows));
        case TEXT -> TextColumn.of(texts);
        case INT32, DATE -> {
          int[] cells = new int[rows];
          for (int i = 0; i < rows; i++) {
            cells[i] = (int) longs[i];
          }
          yield IntColumn.of(field.type(), cells, missing);
        }
        case BOOLEAN -> {
          boolean[] cells = new boolean[rows];
          for (int i = 0; i < rows; i++) {
            cells[i] = longs[i] != 0;
          }
          yield BooleanColumn.of(field.type(), cells, missing);
        }
        case INT64, TIMESTAMP, TIME ->
          LongColumn.of(field.type(), Arrays.copyOf(longs, rows), missing);
      };
    }
  }
}

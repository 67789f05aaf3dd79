package io.qilin.arrow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.ShanghaiClock;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TextColumn;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.FloatingPointVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Copies vectors into the columns of a batch. */
final class VectorReader {
  private final FieldVector vector;
  private final int rows;
  private final BitSet missing;

  private VectorReader(FieldVector vector, int rows) {
    this.vector = vector;
    this.rows = rows;
    this.missing = new BitSet();
    for (int row = 0; row < rows && vector.getNullCount() > 0; row++) {
      missing.set(row, vector.isNull(row));
    }
  }

  static TableBatch read(VectorSchemaRoot root, DictionaryProvider dictionaries) {
    List<TableField> fields = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (FieldVector vector : root.getFieldVectors()) {
      if (vector.getValueCount() != root.getRowCount()) {
        throw QilinException.invalid("column " + QilinException.quote(vector.getName()) + " has "
            + vector.getValueCount() + " cells, the root has " + root.getRowCount() + " rows");
      }
      VectorReader reader = new VectorReader(vector, root.getRowCount());
      Column column = vector.getField().getDictionary() == null
          ? reader.column()
          : reader.dictionary(dictionaries);
      columns.add(column);
      fields.add(new TableField(vector.getName(), column.type()));
    }
    return new TableBatch(new TableSchema(fields), columns);
  }

  private Column column() {
    if (vector instanceof Float8Vector doubles && missing.isEmpty()) {
      return DoubleColumn.of(ArrowBridge.view(doubles).slice(0, rows));
    }
    if (vector instanceof FloatingPointVector numbers) {
      double[] cells = new double[rows];
      for (int row = 0; row < rows; row++) {
        cells[row] = missing.get(row) ? Double.NaN : numbers.getValueAsDouble(row);
      }
      return DoubleColumn.of(cells);
    }
    if (vector instanceof BaseIntVector numbers) {
      return integers(numbers);
    }
    if (vector instanceof DateDayVector days) {
      return IntColumn.of(ColumnType.DATE, ints(days::get), missing);
    }
    if (vector instanceof TimeStampVector moments) {
      ArrowType.Timestamp type = (ArrowType.Timestamp) vector.getField().getType();
      long[] cells = longs(moments::get, nanos(type.getUnit()));
      return LongColumn.of(
          ColumnType.TIMESTAMP,
          type.getTimezone() == null || type.getTimezone().isEmpty() ? instants(cells) : cells,
          missing);
    }
    if (vector instanceof BitVector bits) {
      boolean[] cells = new boolean[rows];
      for (int row = 0; row < rows; row++) {
        cells[row] = !missing.get(row) && bits.get(row) != 0;
      }
      return BooleanColumn.of(ColumnType.BOOLEAN, cells, missing);
    }
    return timesOrTexts();
  }

  private Column timesOrTexts() {
    if (vector instanceof TimeSecVector times) {
      return times(times::get);
    }
    if (vector instanceof TimeMilliVector times) {
      return times(times::get);
    }
    if (vector instanceof TimeMicroVector times) {
      return times(times::get);
    }
    if (vector instanceof TimeNanoVector times) {
      return times(times::get);
    }
    return TextColumn.of(texts());
  }

  private Column times(IntToLongFunction cells) {
    long unit = nanos(((ArrowType.Time) vector.getField().getType()).getUnit());
    return LongColumn.of(ColumnType.TIME, longs(cells, unit), missing);
  }

  private Column integers(BaseIntVector numbers) {
    ArrowType.Int type = (ArrowType.Int) vector.getField().getType();
    int signedBits = type.getIsSigned() ? type.getBitWidth() : type.getBitWidth() + 1;
    if (signedBits <= Integer.SIZE) {
      return IntColumn.of(ColumnType.INT32, ints(numbers::getValueAsLong), missing);
    }
    long[] cells = longs(numbers::getValueAsLong, 1);
    for (int row = 0; row < rows && vector instanceof UInt8Vector; row++) {
      if (cells[row] < 0) {
        throw beyond(row, Long.toUnsignedString(cells[row]));
      }
    }
    return LongColumn.of(ColumnType.INT64, cells, missing);
  }

  private int[] ints(IntToLongFunction cells) {
    int[] values = new int[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = missing.get(row) ? 0 : (int) cells.applyAsLong(row);
    }
    return values;
  }

  private long[] longs(IntToLongFunction cells, long unit) {
    long[] values = new long[rows];
    for (int row = 0; row < rows; row++) {
      long value = missing.get(row) ? 0 : cells.applyAsLong(row);
      if (unit != 1 && Math.multiplyHigh(value, unit) != (value * unit) >> 63) {
        throw beyond(row, value + " × " + unit + " ns");
      }
      values[row] = value * unit;
    }
    return values;
  }

  /** When a clock in Shanghai showed the moments, which have no zone. */
  private long[] instants(long[] readings) {
    for (int row = missing.nextClearBit(0); row < rows; row = missing.nextClearBit(row + 1)) {
      try {
        readings[row] = ShanghaiClock.instant(readings[row]);
      } catch (ArithmeticException e) {
        throw beyond(row, readings[row] + " ns in Shanghai");
      }
    }
    return readings;
  }

  private static long nanos(org.apache.arrow.vector.types.TimeUnit unit) {
    return switch (unit) {
      case SECOND -> 1_000_000_000L;
      case MILLISECOND -> 1_000_000L;
      case MICROSECOND -> 1_000L;
      case NANOSECOND -> 1L;
    };
  }

  private List<String> texts() {
    if (!(vector instanceof VarCharVector) && !(vector instanceof LargeVarCharVector)) {
      throw error(
          ErrorCode.UNSUPPORTED,
          "the type " + vector.getField().getType() + " is held by no column; leave it out");
    }
    List<String> texts = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      texts.add(missing.get(row) ? null : text(row));
    }
    return texts;
  }

  private String text(int row) {
    byte[] bytes = vector instanceof VarCharVector texts
        ? texts.get(row)
        : ((LargeVarCharVector) vector).get(row);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw error(ErrorCode.DATA_FORMAT, "row " + row + " has a text that is not UTF-8");
    }
  }

  private Column dictionary(DictionaryProvider dictionaries) {
    long id = vector.getField().getDictionary().getId();
    Dictionary dictionary = dictionaries.lookup(id);
    if (dictionary == null || !(vector instanceof BaseIntVector codes)) {
      throw error(
          ErrorCode.UNSUPPORTED,
          "its dictionary " + id + " was not given; use importBatch(root, provider)");
    }
    FieldVector words = dictionary.getVector();
    TextColumn texts = TextColumn.of(new VectorReader(words, words.getValueCount()).texts());
    int[] places = new int[rows];
    for (int row = 0; row < rows; row++) {
      long code = missing.get(row) ? TextColumn.UNKNOWN : codes.getValueAsLong(row);
      if (!missing.get(row) && (code < 0 || code >= texts.rows())) {
        throw error(
            ErrorCode.DATA_FORMAT,
            "row " + row + " refers to word " + code + " of a dictionary of " + texts.rows());
      }
      places[row] = missing.get(row) ? TextColumn.UNKNOWN : texts.code((int) code);
    }
    return TextColumn.of(places, texts.words());
  }

  private QilinException beyond(int row, String value) {
    return error(
        ErrorCode.UNSUPPORTED, "row " + row + " has " + value + ", which its column cannot hold");
  }

  private QilinException error(ErrorCode code, String what) {
    return new QilinException(
        code, "column " + QilinException.quote(vector.getName()) + ": " + what);
  }
}

package io.qilin.spark;

import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TextColumn;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** Batches as rows of Spark. The same row each time, for use by one thread. */
final class TableRows implements Iterator<InternalRow> {
  private static final long NANOS = 1000;

  private final Iterator<TableBatch> batches;
  private final Cells row = new Cells();
  private List<Column> columns = List.of();
  private int rows;
  private int next;
  private int at;

  TableRows(Iterator<TableBatch> batches) {
    this.batches = batches;
  }

  /** The row at hand. */
  private final class Cells extends ValueRow {
    private static final long serialVersionUID = 1L;

    @Override
    public int numFields() {
      return columns.size();
    }

    @Override
    public boolean isNullAt(int ordinal) {
      return !columns.get(ordinal).isKnown(at);
    }

    @Override
    public double getDouble(int ordinal) {
      return ((DoubleColumn) columns.get(ordinal)).value(at);
    }

    @Override
    public int getInt(int ordinal) {
      return ((IntColumn) columns.get(ordinal)).value(at);
    }

    @Override
    public long getLong(int ordinal) {
      LongColumn column = (LongColumn) columns.get(ordinal);
      return column.type() == ColumnType.TIMESTAMP
          ? Math.floorDiv(column.value(at), NANOS)
          : column.value(at);
    }

    @Override
    public boolean getBoolean(int ordinal) {
      return ((BooleanColumn) columns.get(ordinal)).value(at);
    }

    @Override
    public UTF8String getUTF8String(int ordinal) {
      return UTF8String.fromString(((TextColumn) columns.get(ordinal)).value(at).orElseThrow());
    }
  }

  @Override
  public boolean hasNext() {
    while (next == rows) {
      if (!batches.hasNext()) {
        return false;
      }
      TableBatch batch = batches.next();
      columns = batch.columns();
      rows = batch.rows();
      next = 0;
    }
    return true;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    at = next++;
    return row;
  }
}

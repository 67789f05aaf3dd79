package io.qilin.spark;

import io.qilin.data.arrow.ArrowStreams;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TableWriter;
import io.qilin.data.table.TextColumn;
import java.io.ByteArrayOutputStream;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The factors as Arrow streams of one batch each. For use by one thread. */
final class FactorStreams implements Iterator<byte[]> {
  /** About how large a batch is: larger pieces cost the collector more than they save. */
  private static final int BYTES = 1 << 20;

  /** Beside the cells: schema, words, padding. */
  private static final int HEAD = 1 << 14;

  private final GroupDays days;
  private final Market market;
  private final TableSchema schema;
  private final int enough;
  private final double[][] columns;
  private double[] cells = {};
  private int[] epochDays = {};
  private boolean moved;
  private boolean there;

  /**
   * Begins.
   *
   * @param schema instrument, day, factors
   */
  FactorStreams(GroupDays days, Market market, TableSchema schema) {
    this.days = days;
    this.market = market;
    this.schema = schema;
    int factors = schema.fields().size() - 2;
    this.enough = BYTES / Double.BYTES / factors + 1;
    this.columns = new double[factors][0];
  }

  @Override
  public boolean hasNext() {
    if (!moved) {
      there = days.next();
      moved = true;
    }
    return there;
  }

  @Override
  public byte[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    List<String> instruments = new ArrayList<>();
    while (instruments.size() < enough && hasNext()) {
      add(instruments);
      moved = false;
    }
    int rows = instruments.size();
    List<Column> table = new ArrayList<>();
    table.add(TextColumn.of(instruments));
    table.add(IntColumn.of(ColumnType.DATE, Arrays.copyOf(epochDays, rows)));
    for (double[] column : columns) {
      table.add(DoubleColumn.of(DoubleBuffer.wrap(column, 0, rows)));
    }
    return stream(new TableBatch(schema, table));
  }

  private void add(List<String> instruments) {
    int begun = instruments.size();
    int count = days.count();
    if (begun + count > epochDays.length) {
      epochDays = Arrays.copyOf(epochDays, begun + count);
      for (int i = 0; i < columns.length; i++) {
        columns[i] = Arrays.copyOf(columns[i], begun + count);
      }
    }
    Group group = days.group();
    if (cells.length != group.panel().symbols().size()) {
      cells = new double[group.panel().symbols().size()];
    }
    for (int i = 0; i < count; i++) {
      instruments.add(
          market.spelling(group.panel().symbols().get(days.present(i)).toString()));
    }
    Arrays.fill(epochDays, begun, begun + count, market.epochDay(days.day()));
    for (int column = 0; column < columns.length; column++) {
      days.column(column, cells);
      if (count == cells.length) {
        System.arraycopy(cells, 0, columns[column], begun, count);
      } else {
        for (int i = 0; i < count; i++) {
          columns[column][begun + i] = cells[days.present(i)];
        }
      }
    }
  }

  static byte[] stream(TableBatch batch) {
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(batch.rows() * batch.columns().size() * Double.BYTES + HEAD);
    try (TableWriter writer = ArrowStreams.create(bytes, batch.schema())) {
      writer.write(batch);
      writer.commit();
    }
    return bytes.toByteArray();
  }
}

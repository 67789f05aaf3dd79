package io.qilin.examples;

import io.qilin.api.market.Symbol;
import io.qilin.data.csv.CsvTableWriter;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableFormat;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TableWriter;
import io.qilin.data.table.TextColumn;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/**
 * The table that {@code factors} writes: {@code datetime}, {@code instrument} and a column of numbers for each factor. It
 * appears whole with {@link #commit} or not at all.
 */
sealed interface FactorFile extends AutoCloseable {
  /** Begins a file of the form that its name tells. */
  static FactorFile create(BarFiles target, List<String> names) {
    return target.fold(
        path -> new Csv(path, names),
        (format, path) -> new Table(format, path, names),
        path -> new Csv(path, names));
  }

  /**
   * Adds a row.
   *
   * @param cells hands on the value of each factor in order
   */
  void row(Symbol symbol, LocalDate day, Consumer<DoubleConsumer> cells);

  /** Ends the table and puts the file in its place. */
  void commit();

  @Override
  void close();

  /** CSV. */
  final class Csv implements FactorFile {
    private final CsvTableWriter out;

    private Csv(Path path, List<String> names) {
      List<String> header = new ArrayList<>(List.of("datetime", "instrument"));
      header.addAll(names);
      out = CsvTableWriter.open(path, header);
    }

    @Override
    public void row(Symbol symbol, LocalDate day, Consumer<DoubleConsumer> cells) {
      out.day(day).instrument(symbol);
      cells.accept(out::number);
      out.endRow();
    }

    @Override
    public void commit() {
      out.commit();
    }

    @Override
    public void close() {
      out.close();
    }
  }

  /** A table of another format, written in batches. */
  final class Table implements FactorFile {
    private static final int MOST_ROWS = 1 << 16;
    private static final int BATCH_BYTES = 32 << 20;

    private final TableSchema schema;
    private final TableWriter out;
    private final List<String> instruments = new ArrayList<>();
    private final int[] days;
    private final double[][] columns;
    private int rows;
    private int cell;

    private Table(TableFormat format, Path path, List<String> names) {
      List<TableField> fields = new ArrayList<>();
      fields.add(new TableField("datetime", ColumnType.DATE));
      fields.add(new TableField("instrument", ColumnType.TEXT));
      names.forEach(name -> fields.add(new TableField(name, ColumnType.FLOAT64)));
      schema = new TableSchema(fields);
      int batch = Math.max(1, Math.min(MOST_ROWS, BATCH_BYTES / (Double.BYTES * names.size())));
      days = new int[batch];
      columns = new double[names.size()][batch];
      out = format.create(path, schema);
    }

    @Override
    public void row(Symbol symbol, LocalDate day, Consumer<DoubleConsumer> cells) {
      days[rows] = Math.toIntExact(day.toEpochDay());
      instruments.add(symbol.qlib());
      cell = 0;
      cells.accept(value -> columns[cell++][rows] = value);
      rows++;
      if (rows == days.length) {
        flush();
      }
    }

    private void flush() {
      List<Column> batch = new ArrayList<>();
      batch.add(IntColumn.of(ColumnType.DATE, Arrays.copyOf(days, rows)));
      batch.add(TextColumn.of(instruments));
      for (double[] values : columns) {
        batch.add(DoubleColumn.of(Arrays.copyOf(values, rows)));
      }
      out.write(new TableBatch(schema, batch));
      instruments.clear();
      rows = 0;
    }

    @Override
    public void commit() {
      if (rows > 0) {
        flush();
      }
      out.commit();
    }

    @Override
    public void close() {
      out.close();
    }
  }
}

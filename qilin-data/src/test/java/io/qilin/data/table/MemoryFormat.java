package io.qilin.data.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Tables in memory, in the shape of a file format: each has an empty file in the place that its name says. */
final class MemoryFormat implements TableFormat {
  /** The scans that were asked for, newest last. */
  final List<TableScan> scans = new CopyOnWriteArrayList<>();

  private final Map<Path, List<TableBatch>> tables = new ConcurrentHashMap<>();

  @Override
  public String id() {
    return "memory";
  }

  @Override
  public java.util.Set<String> suffixes() {
    return java.util.Set.of(".mem");
  }

  /** Puts a table in its place. */
  Path put(Path file, TableBatch... batches) {
    tables.put(file, List.of(batches));
    try {
      return Files.write(file, new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public TableReader open(Path file, TableScan scan) {
    List<TableBatch> batches = tables.get(file);
    if (batches == null) {
      throw new QilinException(ErrorCode.DATA_NOT_FOUND, file.getFileName() + ": no such file");
    }
    scans.add(scan);
    TableSchema schema = chosen(batches.get(0).schema(), scan.columns());
    Iterator<TableBatch> next = batches.iterator();
    return new TableReader() {
      @Override
      public TableSchema schema() {
        return schema;
      }

      @Override
      public Optional<TableBatch> next() {
        return next.hasNext() ? Optional.of(kept(next.next(), scan, schema)) : Optional.empty();
      }

      @Override
      public void close() {}
    };
  }

  private static TableSchema chosen(TableSchema all, List<String> names) {
    names.forEach(all::indexOf);
    return names.isEmpty()
        ? all
        : new TableSchema(
            all.fields().stream().filter(f -> names.contains(f.name())).toList());
  }

  private static TableBatch kept(TableBatch batch, TableScan scan, TableSchema schema) {
    int[] rows = IntStream.range(0, batch.rows())
        .filter(row -> scan.filters().stream().allMatch(filter -> accepts(batch, filter, row)))
        .toArray();
    List<Column> columns = new ArrayList<>();
    schema.names().forEach(name -> columns.add(batch.column(name)));
    return new TableBatch(schema, columns).select(rows);
  }

  private static boolean accepts(TableBatch batch, TableFilter filter, int row) {
    Column column = batch.column(filter.column());
    if (filter instanceof TableFilter.Texts texts) {
      return ((TextColumn) column).value(row).filter(texts.texts()::contains).isPresent();
    }
    TableFilter.Days days = (TableFilter.Days) filter;
    LocalDate day = column instanceof IntColumn ints
        ? LocalDate.ofEpochDay(ints.value(row))
        : Instant.ofEpochSecond(0, ((LongColumn) column).value(row))
            .atZone(ZoneId.of("Asia/Shanghai"))
            .toLocalDate();
    return column.isKnown(row) && !day.isBefore(days.from()) && !day.isAfter(days.to());
  }

  @Override
  public TableWriter create(Path file, TableSchema schema) {
    List<TableBatch> batches = new ArrayList<>();
    return new TableWriter() {
      @Override
      public void write(TableBatch batch) {
        batches.add(batch);
      }

      @Override
      public void commit() {
        put(file, batches.toArray(TableBatch[]::new));
      }

      @Override
      public void close() {}
    };
  }
}

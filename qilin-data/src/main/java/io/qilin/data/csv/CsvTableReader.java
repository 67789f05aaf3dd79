package io.qilin.data.csv;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.CellException;
import io.qilin.data.internal.Place;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.RowFilter;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableLimits;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableSchema;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table of typed columns in a CSV file. */
final class CsvTableReader implements TableReader, TableRows.Sink {
  private static final int BATCH_ROWS = 1 << 16;

  /** The characters of all texts of a batch must fit one array. */
  private static final int BATCH_BYTES = 1 << 30;

  private static final int LINE_CHARS = 1 << 16;

  private final RowFilter filter;
  /** By their places in the header; null for one that is not asked for. */
  private final @Nullable CellColumn[] columns;

  private final boolean[] texts;
  private final TableRows rows;
  private final PlainRows plainRows;
  private final CsvText.Cursor cursor;
  private final int batchRows;
  private final long batchBytes;
  private long bytes;
  private boolean ended;

  private CsvTableReader(
      Path file,
      CsvHead head,
      RowFilter filter,
      TableLimits limits,
      Charset charset,
      boolean plain) {
    this.filter = filter;
    this.batchRows = Math.min(BATCH_ROWS, limits.batchRows());
    this.batchBytes = Math.min(BATCH_BYTES, Math.max(1, limits.batchBytes() / 4));
    CsvLimits csv = limits(limits);
    this.rows = new TableRows(Place.of(file), csv, this);
    Set<String> needed = Set.copyOf(filter.needed().names());
    this.columns = new CellColumn[head.names().size()];
    this.texts = new boolean[columns.length];
    for (int i = 0; i < columns.length; i++) {
      ColumnType type = head.types().get(i);
      columns[i] = needed.contains(head.names().get(i)) ? CellColumn.of(type) : null;
      texts[i] = type == ColumnType.TEXT;
    }
    GuardedReader text = GuardedReader.open(file, charset, csv, plain);
    this.plainRows = new PlainRows(text, csv, columns, texts);
    this.cursor = CsvText.open(text, Place.of(file), csv, rows, rows::place);
  }

  static CsvTableReader open(
      Path file, TableScan scan, Optional<TableSchema> schema, Charset charset) {
    return open(file, scan, schema, charset, true);
  }

  /**
   * Opens a file.
   *
   * @param plain whether plain rows pass by the parser, which gives the same in less time
   */
  static CsvTableReader open(
      Path file, TableScan scan, Optional<TableSchema> schema, Charset charset, boolean plain) {
    Place place = Place.of(file);
    requireFile(file, scan.limits(), place);
    CsvHead found = CsvHead.read(file, charset, limits(scan.limits()));
    CsvHead head = schema.map(known -> given(found, known, place)).orElse(found);
    Set<String> wanted = new HashSet<>(RowFilter.needed(head.names(), scan));
    List<TableField> fields = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < head.names().size(); i++) {
      String name = head.names().get(i);
      if (wanted.contains(name)) {
        requireName(name, i, seen.add(name), place);
        fields.add(new TableField(name, head.types().get(i)));
      }
    }
    RowFilter filter = RowFilter.of(new TableSchema(fields), scan);
    return new CsvTableReader(file, head, filter, scan.limits(), charset, plain);
  }

  private static void requireFile(Path file, TableLimits limits, Place place) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw place.error(ErrorCode.DATA_NOT_FOUND, "this is no file; name one to read");
    }
    try {
      if (Files.exists(file) && Files.size(file) > limits.fileBytes()) {
        throw place.tooLarge("the file has " + Files.size(file) + " bytes, more than "
            + limits.fileBytes() + "; split it, or raise TableLimits.fileBytes");
      }
    } catch (IOException e) {
      throw GuardedInput.failure(place, e);
    }
  }

  private static void requireName(String name, int place, boolean isNew, Place file) {
    if (name.isEmpty()) {
      throw file.line(1)
          .malformed(
              "column " + (place + 1) + " has no name; name it, or choose others in the scan");
    }
    if (!isNew) {
      throw file.line(1)
          .column(name)
          .malformed("two columns have this name; rename one, or choose others in the scan");
    }
  }

  /** The columns with the types that are known, which must be all. */
  private static CsvHead given(CsvHead found, TableSchema known, Place place) {
    List<ColumnType> types = new ArrayList<>();
    for (String name : found.names()) {
      types.add(known
          .fields()
          .get(known
              .find(name)
              .orElseThrow(() -> place
                  .line(1)
                  .malformed("the column " + QilinException.quote(name)
                      + " is not in the schema given, which has " + known.names())))
          .type());
    }
    for (String name : known.names()) {
      if (!found.names().contains(name)) {
        throw place
            .line(1)
            .malformed("the column " + QilinException.quote(name)
                + " of the schema given is missing; the header has " + found.names());
      }
    }
    return new CsvHead(found.names(), types);
  }

  private static CsvLimits limits(TableLimits limits) {
    return CsvLimits.DEFAULT
        .withFileBytes(limits.fileBytes())
        .withFieldChars(limits.textBytes())
        .withLineChars((int) Math.min(1 << 28, (long) limits.textBytes() + LINE_CHARS))
        .withColumns(limits.columns())
        .withGzipRatio(limits.compressionRatio());
  }

  @Override
  public void cell(int column, char[] text, int from, int to, boolean quoted) throws CellException {
    CellColumn cells = columns[column];
    if (cells == null) {
      return;
    }
    boolean isText = texts[column];
    int begin = isText ? from : Trim.from(text, from, to);
    int end = isText ? to : Trim.to(text, from, to);
    bytes += cells.add(text, begin, end, quoted && columns.length > 1);
  }

  @Override
  public TableSchema schema() {
    return filter.schema();
  }

  @Override
  public Optional<TableBatch> next() {
    if (ended) {
      return Optional.empty();
    }
    boolean more = false;
    try {
      int first = rows.rows();
      more = true;
      while (more && rows.rows() - first < batchRows && bytes < batchBytes) {
        more = advance();
      }
      bytes = 0;
      return rows.rows() == first && !more ? Optional.empty() : Optional.of(batch());
    } catch (QilinException e) {
      more = false;
      throw e;
    } finally {
      ended = !more;
    }
  }

  private boolean advance() {
    int memory = rows.hasHeader() ? plainRows.next() : -1;
    if (memory < 0) {
      return cursor.advance();
    }
    bytes += memory;
    rows.pass();
    return true;
  }

  private TableBatch batch() {
    List<Column> cells = new ArrayList<>();
    for (CellColumn column : columns) {
      if (column != null) {
        cells.add(column.take());
      }
    }
    return filter.apply(new TableBatch(filter.needed(), cells));
  }

  @Override
  public void close() {
    ended = true;
    cursor.close();
  }
}

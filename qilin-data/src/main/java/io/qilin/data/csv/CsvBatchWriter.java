package io.qilin.data.csv;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.Place;
import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TableWriter;
import io.qilin.data.table.TextColumn;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;

/** Writes batches as rows of CSV. */
final class CsvBatchWriter implements TableWriter {
  private final Path file;
  private final TableSchema schema;
  private final CsvTableWriter out;

  CsvBatchWriter(Path file, TableSchema schema) {
    this.file = file;
    this.schema = schema;
    this.out = CsvTableWriter.open(file, schema.names());
  }

  @Override
  public void write(TableBatch batch) {
    if (!batch.schema().equals(schema)) {
      throw QilinException.invalid("a batch of " + batch.schema().fields()
          + " does not fit the table of " + schema.fields());
    }
    for (int row = 0; row < batch.rows(); row++) {
      for (int i = 0; i < batch.columns().size(); i++) {
        cell(batch.columns().get(i), row, schema.names().get(i));
      }
      out.endRow();
    }
  }

  private void cell(Column column, int row, String name) {
    if (!column.isKnown(row)) {
      out.empty();
    } else if (column instanceof DoubleColumn cells) {
      out.number(cells.value(row));
    } else if (column instanceof BooleanColumn cells) {
      out.plain(cells.value(row) ? "true" : "false");
    } else if (column instanceof TextColumn cells) {
      text(cells.words().get(cells.code(row)), name);
    } else if (column instanceof IntColumn cells && cells.type() == ColumnType.INT32) {
      out.integer(cells.value(row));
    } else if (column instanceof LongColumn cells && cells.type() == ColumnType.INT64) {
      out.integer(cells.value(row));
    } else {
      time(column, row, name);
    }
  }

  private void text(String text, String name) {
    if (!text.isEmpty()) {
      out.text(text);
    } else if (schema.fields().size() > 1) {
      out.emptyText();
    } else {
      throw refused("an empty text in a table of one column would be read as one not known", name);
    }
  }

  private void time(Column column, int row, String name) {
    try {
      if (column instanceof IntColumn cells) {
        LocalDate day = LocalDate.ofEpochDay(cells.value(row));
        if (day.getYear() < 1 || day.getYear() > 9999) {
          throw refused("the day " + day + " is outside the years 1 to 9999", name);
        }
        out.day(day);
      } else if (column instanceof LongColumn cells) {
        long value = cells.value(row);
        out.plain(
            cells.type() == ColumnType.TIME ? MomentCell.time(value) : MomentCell.moment(value));
      }
    } catch (DateTimeException e) {
      throw refused("a time is outside the day", name);
    }
  }

  private QilinException refused(String what, String name) {
    return Place.of(file).column(name).error(ErrorCode.UNSUPPORTED, what + "; CSV cannot hold it");
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

package io.qilin.data.store;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.AtomicFile;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableFilter;
import io.qilin.data.table.TableFormat;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TableWriter;
import io.qilin.data.table.TextColumn;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A plain format of DATE, TEXT and FLOAT64 columns for tests, so that the store is tested without a real one. */
final class PlainTableFormat implements TableFormat {
  @Override
  public String id() {
    return "plain";
  }

  @Override
  public Set<String> suffixes() {
    return Set.of(".plain");
  }

  private static QilinException failure(Path file, IOException e) {
    return new QilinException(ErrorCode.DATA_FORMAT, file.getFileName() + " cannot be read", e);
  }

  @Override
  public TableWriter create(Path file, TableSchema schema) {
    AtomicFile atomic = AtomicFile.create(file);
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(atomic.stream(), 1 << 16));
    try {
      out.writeInt(schema.fields().size());
      for (TableField field : schema.fields()) {
        out.writeUTF(field.name());
        out.writeUTF(field.type().name());
      }
    } catch (IOException e) {
      throw failure(file, e);
    }
    return new TableWriter() {
      @Override
      public void write(TableBatch batch) {
        try {
          out.writeInt(batch.rows());
          for (Column column : batch.columns()) {
            PlainTableFormat.write(out, column);
          }
        } catch (IOException e) {
          throw failure(file, e);
        }
      }

      @Override
      public void commit() {
        try {
          out.writeInt(-1);
          out.flush();
          atomic.publish();
        } catch (IOException e) {
          throw failure(file, e);
        }
      }

      @Override
      public void close() {
        try {
          atomic.close();
        } catch (IOException e) {
          throw failure(file, e);
        }
      }
    };
  }

  private static void write(DataOutputStream out, Column column) throws IOException {
    for (int row = 0; row < column.rows(); row++) {
      if (column instanceof DoubleColumn cells) {
        out.writeDouble(cells.value(row));
      } else if (column instanceof IntColumn cells) {
        out.writeInt(cells.value(row));
      } else {
        out.writeUTF(((TextColumn) column).value(row).orElseThrow());
      }
    }
  }

  @Override
  public TableReader open(Path file, TableScan scan) {
    try {
      DataInputStream in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
      List<TableField> fields = new ArrayList<>();
      for (int i = in.readInt(); i > 0; i--) {
        fields.add(new TableField(in.readUTF(), ColumnType.valueOf(in.readUTF())));
      }
      return new Reader(file, in, new TableSchema(fields), scan);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  private record Reader(Path file, DataInputStream in, TableSchema schema, TableScan scan)
      implements TableReader {
    @Override
    public Optional<TableBatch> next() {
      try {
        int rows = in.readInt();
        if (rows < 0) {
          return Optional.empty();
        }
        List<Column> columns = new ArrayList<>();
        for (TableField field : schema.fields()) {
          columns.add(read(field, rows));
        }
        return Optional.of(filtered(new TableBatch(schema, columns)));
      } catch (IOException e) {
        throw failure(file, e);
      }
    }

    private Column read(TableField field, int rows) throws IOException {
      double[] doubles = new double[rows];
      int[] ints = new int[rows];
      List<String> texts = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        switch (field.type()) {
          case FLOAT64 -> doubles[row] = in.readDouble();
          case DATE -> ints[row] = in.readInt();
          default -> texts.add(in.readUTF());
        }
      }
      return switch (field.type()) {
        case FLOAT64 -> DoubleColumn.of(doubles);
        case DATE -> IntColumn.of(ColumnType.DATE, ints);
        default -> TextColumn.of(texts);
      };
    }

    private TableBatch filtered(TableBatch batch) {
      TableFilter.Days days = (TableFilter.Days) scan.filters().get(0);
      IntColumn column = (IntColumn) batch.column(days.column());
      int[] kept = IntStream.range(0, batch.rows())
          .filter(row -> {
            LocalDate day = LocalDate.ofEpochDay(column.value(row));
            return !day.isBefore(days.from()) && !day.isAfter(days.to());
          })
          .toArray();
      return batch.select(kept);
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw failure(file, e);
      }
    }
  }
}

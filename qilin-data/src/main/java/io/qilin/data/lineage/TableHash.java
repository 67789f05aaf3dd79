package io.qilin.data.lineage;

import io.qilin.api.error.QilinException;
import io.qilin.data.internal.Sha256;
import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.Column;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TextColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The hash of a table that comes batch by batch: its names, types, number of rows and cells in their order. How the rows
 * are cut into batches, and how texts are numbered inside them, does not count. For one thread.
 */
public final class TableHash {
  private static final int KNOWN = 1;
  private static final int UNKNOWN = 0;
  private static final int COLUMN_BUFFER = 1 << 13;

  private final TableSchema schema;
  private final List<Sha256> columns = new ArrayList<>();
  private long rows;
  private boolean ended;

  /** Starts with no row. */
  public TableHash(TableSchema schema) {
    this.schema = schema;
    for (int i = 0; i < schema.fields().size(); i++) {
      columns.add(new Sha256(COLUMN_BUFFER));
    }
  }

  /** The hash of all that a reader has left; the reader stays open. */
  public static ContentHash of(TableReader reader) {
    TableHash hash = new TableHash(reader.schema());
    for (Optional<TableBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
      hash.add(batch.get());
    }
    return hash.hash();
  }

  /**
   * Adds rows.
   *
   * @throws QilinException INVALID_ARGUMENT for another schema, or after {@link #hash}
   */
  public TableHash add(TableBatch batch) {
    if (ended || !batch.schema().equals(schema)) {
      throw QilinException.invalid(
          ended
              ? "the hash is made; start another"
              : "the batch has other columns than the table: " + batch.schema().names()
                  + " instead of " + schema.names());
    }
    for (int i = 0; i < columns.size(); i++) {
      add(columns.get(i), batch.columns().get(i));
    }
    rows += batch.rows();
    return this;
  }

  private static void add(Sha256 sha, Column column) {
    if (column instanceof DoubleColumn cells) {
      for (int row = 0; row < cells.rows(); row++) {
        sha.add(cells.value(row));
      }
    } else if (column instanceof TextColumn cells) {
      texts(sha, cells);
    } else {
      for (int row = 0; row < column.rows(); row++) {
        if (column.isKnown(row)) {
          sha.mark(KNOWN).add(whole(column, row));
        } else {
          sha.mark(UNKNOWN);
        }
      }
    }
  }

  private static long whole(Column column, int row) {
    if (column instanceof IntColumn cells) {
      return cells.value(row);
    }
    if (column instanceof LongColumn cells) {
      return cells.value(row);
    }
    return ((BooleanColumn) column).value(row) ? 1 : 0;
  }

  private static void texts(Sha256 sha, TextColumn cells) {
    List<byte[]> words = new ArrayList<>();
    for (String word : cells.words()) {
      words.add(word.getBytes(StandardCharsets.UTF_8));
    }
    for (int row = 0; row < cells.rows(); row++) {
      int code = cells.code(row);
      if (code == TextColumn.UNKNOWN) {
        sha.mark(UNKNOWN);
      } else {
        sha.mark(KNOWN).sized(words.get(code));
      }
    }
  }

  /**
   * The hash; nothing may be added after it.
   *
   * @throws QilinException INVALID_ARGUMENT if called twice
   */
  public ContentHash hash() {
    if (ended) {
      throw QilinException.invalid("the hash is made; start another");
    }
    ended = true;
    Sha256 sha = new Sha256().add("table").add(columns.size()).add(rows);
    for (int i = 0; i < columns.size(); i++) {
      TableField field = schema.fields().get(i);
      byte[] cells = columns.get(i).bytes();
      sha.add(field.name()).add(field.type().name()).raw(cells, 0, cells.length);
    }
    return new ContentHash(sha.hex());
  }
}

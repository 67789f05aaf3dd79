package io.qilin.data.quality.table;

import io.qilin.api.error.QilinException;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a profile in one pass; profilers of parts merge to that of the whole, in any order. Memory is bounded by the number
 * of columns. For use by one thread.
 */
public final class TableProfiler {
  private final TableSchema schema;
  private final Block block;
  private final List<ColumnTally> columns = new ArrayList<>();
  private long rows;

  /** A profiler that has seen nothing. */
  public TableProfiler(TableSchema schema) {
    this.schema = schema;
    this.block = new Block(schema, new int[0]);
    for (int i = 0; i < schema.fields().size(); i++) {
      columns.add(new ColumnTally(schema.fields().get(i), i));
    }
  }

  /**
   * Adds rows.
   *
   * @throws QilinException INVALID_ARGUMENT for another schema
   */
  public void add(TableBatch batch) {
    if (!batch.schema().equals(schema)) {
      throw QilinException.invalid("the batch has the columns " + batch.schema().fields()
          + ", the profile is of " + schema.fields());
    }
    int size = batch.columns().get(0).rows();
    for (int start = 0; start < size; start += Block.ROWS) {
      block.move(batch, "", rows, start, Math.min(size, start + Block.ROWS));
      columns.forEach(column -> column.add(block));
    }
    rows += size;
  }

  /**
   * Takes over what another profiler has seen.
   *
   * @throws QilinException INVALID_ARGUMENT for another schema
   */
  public void merge(TableProfiler other) {
    if (other == this || !other.schema.equals(schema)) {
      throw QilinException.invalid("only profiles of the same columns merge, and none with itself");
    }
    rows += other.rows;
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).merge(other.columns.get(i));
    }
  }

  /** The profile so far. */
  public TableProfile profile() {
    return new TableProfile(
        rows, columns.stream().map(column -> column.profile(rows)).toList());
  }
}

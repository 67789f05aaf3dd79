package io.qilin.data.quality.table;

import io.qilin.core.report.NumberText;
import io.qilin.core.report.TextTable;
import io.qilin.core.report.TextTable.Align;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableReader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a table holds, column by column. Immutable and safe to share.
 *
 * @param rows rows of the table
 * @param columns its columns, in order
 */
public record TableProfile(long rows, List<ColumnProfile> columns) {
  /** Copies the list. */
  public TableProfile {
    columns = List.copyOf(columns);
  }

  /** Reads a table to its end. */
  public static TableProfile of(TableReader table) {
    TableProfiler profiler = new TableProfiler(table.schema());
    for (Optional<TableBatch> batch = table.next(); batch.isPresent(); batch = table.next()) {
      profiler.add(batch.get());
    }
    return profiler.profile();
  }

  /** The profile as a table for a person. */
  @Override
  public String toString() {
    TextTable.Builder table = TextTable.builder()
        .column("column")
        .column("guess")
        .column("missing", Align.RIGHT)
        .column("distinct", Align.RIGHT)
        .column("min", Align.RIGHT)
        .column("median", Align.RIGHT)
        .column("max", Align.RIGHT)
        .column("mean", Align.RIGHT)
        .column("deviation", Align.RIGHT)
        .column("most frequent", Align.LEFT, 30);
    for (ColumnProfile column : columns) {
      table.row(
          column.name(),
          column.guess().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          NumberText.count(column.missing()),
          (column.distinctIsExact() ? "" : "≈ ") + NumberText.count(Math.round(column.distinct())),
          number(column.min()),
          column.quantiles().isEmpty()
              ? NumberText.UNKNOWN
              : number(column.quantiles().get(3)),
          number(column.max()),
          number(column.mean()),
          number(column.deviation()),
          column.top().isEmpty()
              ? ""
              : column.top().get(0).value() + " (" + column.top().get(0).count() + ")");
    }
    return table.build().toString();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? NumberText.UNKNOWN : String.format(Locale.ROOT, "%.6g", value);
  }
}

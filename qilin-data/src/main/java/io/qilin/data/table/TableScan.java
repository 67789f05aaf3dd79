package io.qilin.data.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What to read of a table. A reader gives exactly the rows and columns of the scan; where the format allows it does not
 * even read the others.
 *
 * @param columns names of the columns wanted, empty for all; filters may look at others
 * @param filters all of them must accept a row
 * @param limits what an untrusted file may ask for
 * @param readableOnly whether, if all columns are wanted, those of a type that the format does not read are left out and
 *     told by {@link TableReader#leftOut} instead of being UNSUPPORTED
 */
public record TableScan(
    List<String> columns, List<TableFilter> filters, TableLimits limits, boolean readableOnly) {
  /** All rows and columns, within the default limits. */
  public static final TableScan ALL =
      new TableScan(List.of(), List.of(), TableLimits.DEFAULT, false);

  /** Copies the lists. */
  public TableScan {
    columns = List.copyOf(columns);
    filters = List.copyOf(filters);
    Objects.requireNonNull(limits, "limits");
  }

  /** The same scan of some columns only. */
  public TableScan withColumns(List<String> names) {
    return new TableScan(names, filters, limits, readableOnly);
  }

  /** The same scan of only those rows that the filter accepts too. */
  public TableScan where(TableFilter filter) {
    List<TableFilter> all = new ArrayList<>(filters);
    all.add(filter);
    return new TableScan(columns, all, limits, readableOnly);
  }

  /** The same scan within other limits. */
  public TableScan withLimits(TableLimits value) {
    return new TableScan(columns, filters, value, readableOnly);
  }

  /** The same scan, but of all columns only those that the format reads. */
  public TableScan readable() {
    return new TableScan(columns, filters, limits, true);
  }

  /** Whether a column of a type that the format does not read is to be left out; otherwise it is UNSUPPORTED. */
  public boolean leavesOut(String column) {
    return readableOnly
        && columns.isEmpty()
        && filters.stream().noneMatch(filter -> filter.column().equals(column));
  }
}

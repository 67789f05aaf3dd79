package io.qilin.data.table;

import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a reader owes to its scan, once its format has read all that the scan needs: exactly the rows that every filter
 * accepts, and exactly the columns that are wanted. Immutable and safe to share.
 *
 * <pre>{@code
 * List<String> names = RowFilter.needed(namesInTheFile, scan);
 * RowFilter filter = RowFilter.of(schemaOf(names), scan);
 * TableBatch batch = filter.apply(readBatchOf(names));
 * }</pre>
 */
public final class RowFilter {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final long NANOS = 1_000_000_000L;

  private final TableSchema needed;
  private final TableSchema schema;
  private final int[] wanted;
  private final List<TableFilter> filters;

  private RowFilter(
      TableSchema needed, TableSchema schema, int[] wanted, List<TableFilter> filters) {
    this.needed = needed;
    this.schema = schema;
    this.wanted = wanted;
    this.filters = filters;
  }

  /**
   * The columns that a scan looks at, those of its filters too, in the order of the file. A name that the file has twice
   * is there twice.
   *
   * @param names all columns of the file, in order
   * @throws QilinException DATA_NOT_FOUND with the nearest name, for one that the file does not have
   */
  public static List<String> needed(List<String> names, TableScan scan) {
    if (scan.columns().isEmpty()) {
      scan.filters().forEach(filter -> TableSchema.requireName(filter.column(), names));
      return List.copyOf(names);
    }
    Set<String> asked = new LinkedHashSet<>(scan.columns());
    scan.filters().forEach(filter -> asked.add(filter.column()));
    asked.forEach(name -> TableSchema.requireName(name, names));
    return names.stream().filter(asked::contains).toList();
  }

  /**
   * The filter of a scan.
   *
   * @param needed the columns that are read: at least {@link #needed(List, TableScan)}
   * @throws QilinException DATA_NOT_FOUND for a column that is not read; INVALID_ARGUMENT for a filter that does not fit
   *     its column
   */
  public static RowFilter of(TableSchema needed, TableScan scan) {
    for (TableFilter filter : scan.filters()) {
      requireFit(needed.fields().get(needed.indexOf(filter.column())).type(), filter);
    }
    scan.columns().forEach(needed::indexOf);
    Set<String> names = Set.copyOf(scan.columns());
    List<TableField> fields = new ArrayList<>();
    int[] wanted = new int[needed.fields().size()];
    for (int i = 0; i < wanted.length; i++) {
      if (names.isEmpty() || names.contains(needed.fields().get(i).name())) {
        wanted[fields.size()] = i;
        fields.add(needed.fields().get(i));
      }
    }
    return new RowFilter(
        needed, new TableSchema(fields), Arrays.copyOf(wanted, fields.size()), scan.filters());
  }

  private static void requireFit(ColumnType type, TableFilter filter) {
    boolean days = filter instanceof TableFilter.Days;
    boolean fits =
        days ? type == ColumnType.DATE || type == ColumnType.TIMESTAMP : type == ColumnType.TEXT;
    if (!fits) {
      throw QilinException.invalid("column " + QilinException.quote(filter.column()) + " is " + type
          + ", but a filter by " + (days ? "days needs DATE or TIMESTAMP" : "texts needs TEXT"));
    }
  }

  /** The columns that {@link #apply} takes. */
  public TableSchema needed() {
    return needed;
  }

  /** The columns that {@link #apply} gives: those that are wanted, in the order of the file. */
  public TableSchema schema() {
    return schema;
  }

  /**
   * The rows and columns that are wanted.
   *
   * @param batch rows of {@link #needed()}
   */
  public TableBatch apply(TableBatch batch) {
    int[] rows = null;
    for (TableFilter filter : filters) {
      rows = accepted(batch.column(filter.column()), filter, rows);
    }
    List<Column> columns = new ArrayList<>(wanted.length);
    for (int place : wanted) {
      Column column = batch.columns().get(place);
      columns.add(rows == null || rows.length == batch.rows() ? column : column.select(rows));
    }
    return new TableBatch(schema, columns);
  }

  private static int[] accepted(Column column, TableFilter filter, int @Nullable [] among) {
    Test test = test(column, filter);
    int count = among == null ? column.rows() : among.length;
    int[] rows = new int[count];
    int size = 0;
    for (int i = 0; i < count; i++) {
      int row = among == null ? i : among[i];
      if (test.accepts(row)) {
        rows[size++] = row;
      }
    }
    return size == count ? rows : Arrays.copyOf(rows, size);
  }

  private interface Test {
    boolean accepts(int row);
  }

  private static Test test(Column column, TableFilter filter) {
    if (filter instanceof TableFilter.Texts texts && column instanceof TextColumn cells) {
      boolean[] good = new boolean[cells.words().size()];
      for (int i = 0; i < good.length; i++) {
        good[i] = texts.texts().contains(cells.words().get(i));
      }
      return row -> cells.code(row) != TextColumn.UNKNOWN && good[cells.code(row)];
    }
    if (filter instanceof TableFilter.Days days && column instanceof IntColumn cells) {
      long from = days.from().toEpochDay();
      long to = days.to().toEpochDay();
      return row -> cells.isKnown(row) && cells.value(row) >= from && cells.value(row) <= to;
    }
    if (filter instanceof TableFilter.Days days && column instanceof LongColumn cells) {
      long from = begin(days.from());
      long last = days.to().equals(LocalDate.MAX) ? Long.MAX_VALUE : end(days.to());
      return row -> cells.isKnown(row) && cells.value(row) >= from && cells.value(row) <= last;
    }
    throw QilinException.invalid("column " + QilinException.quote(filter.column()) + " is "
        + column.type() + ", which the filter does not fit");
  }

  private static long end(LocalDate day) {
    long next = begin(day.plusDays(1));
    return next == Long.MAX_VALUE || next == Long.MIN_VALUE ? next : next - 1;
  }

  /** When a day begins in Shanghai, in nanoseconds since 1970; the nearest that there is if none holds it. */
  private static long begin(LocalDate day) {
    long seconds = ZonedDateTime.of(day.atStartOfDay(), SHANGHAI).toEpochSecond();
    long most = Long.MAX_VALUE / NANOS;
    if (Math.abs(seconds) > most) {
      return seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return seconds * NANOS;
  }
}

package io.qilin.data.store;

import io.qilin.api.error.QilinException;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TextColumn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Attaches to each row of a table the last row of another that was public by then, instrument by instrument; {@link
 * PointInTimeJoin} for tables. A row whose instrument or moment is not known is joined to nothing.
 *
 * @param instrument name of the TEXT column that both tables have
 * @param at name of the left table's TIMESTAMP column: when the decision is taken
 * @param asOf name of the right table's TIMESTAMP column: when its row became public
 * @param columns names of the right table's FLOAT64 columns to attach
 * @param maxAge how old a right row may be; empty for any age
 */
public record TableAsOfJoin(
    String instrument, String at, String asOf, List<String> columns, Optional<Duration> maxAge) {
  /**
   * Copies the list.
   *
   * @throws QilinException INVALID_ARGUMENT for a negative age
   */
  public TableAsOfJoin {
    columns = List.copyOf(columns);
    if (maxAge.filter(Duration::isNegative).isPresent()) {
      throw QilinException.invalid("an age is not negative, was " + maxAge.get());
    }
  }

  /**
   * The left table with the right one's columns behind its own; {@code NaN} where nothing was public. Among right rows
   * with one asOf the last counts.
   *
   * @throws QilinException DATA_NOT_FOUND for a column that is not there; INVALID_ARGUMENT for one of another type, or if
   *     both tables have a column of one name that is attached
   */
  public TableBatch join(TableBatch left, TableBatch right) {
    Map<String, Integer> keys = new HashMap<>();
    List<AsOfMerge.Item> rows = items(left, at, keys);
    List<AsOfMerge.Item> entries = items(right, asOf, keys);
    long age = maxAge.map(Nanos::of).orElse(Long.MAX_VALUE);
    List<AsOfMerge.Item> numbered = new ArrayList<>();
    for (AsOfMerge.Item row : rows) {
      numbered.add(new AsOfMerge.Item(row.key(), row.at(), numbered.size()));
    }
    int[] matched = AsOfMerge.match(
        numbered, entries, Comparator.comparingInt(AsOfMerge.Item::index), null, age);
    int[] found = new int[left.rows()];
    Arrays.fill(found, -1);
    for (int i = 0; i < matched.length; i++) {
      found[rows.get(i).index()] = matched[i];
    }
    return attach(left, right, found);
  }

  private List<AsOfMerge.Item> items(TableBatch table, String moment, Map<String, Integer> keys) {
    TextColumn names = (TextColumn) typed(table, instrument, ColumnType.TEXT);
    LongColumn moments = (LongColumn) typed(table, moment, ColumnType.TIMESTAMP);
    int[] codes = names.words().stream()
        .mapToInt(word -> keys.computeIfAbsent(word, w -> keys.size()))
        .toArray();
    List<AsOfMerge.Item> items = new ArrayList<>(table.rows());
    for (int row = 0; row < table.rows(); row++) {
      if (names.isKnown(row) && moments.isKnown(row)) {
        items.add(new AsOfMerge.Item(codes[names.code(row)], moments.value(row), row));
      }
    }
    return items;
  }

  private static Column typed(TableBatch table, String name, ColumnType type) {
    Column column = table.column(name);
    if (column.type() != type) {
      throw QilinException.invalid("the column " + QilinException.quote(name) + " holds "
          + column.type() + ", it should hold " + type);
    }
    return column;
  }

  private TableBatch attach(TableBatch left, TableBatch right, int[] found) {
    List<TableField> fields = new ArrayList<>(left.schema().fields());
    List<Column> cells = new ArrayList<>(left.columns());
    for (String name : columns) {
      DoubleColumn source = (DoubleColumn) typed(right, name, ColumnType.FLOAT64);
      double[] values = new double[found.length];
      for (int row = 0; row < found.length; row++) {
        values[row] = found[row] < 0 ? Double.NaN : source.value(found[row]);
      }
      fields.add(new TableField(name, ColumnType.FLOAT64));
      cells.add(DoubleColumn.of(values));
    }
    return new TableBatch(new TableSchema(fields), cells);
  }
}

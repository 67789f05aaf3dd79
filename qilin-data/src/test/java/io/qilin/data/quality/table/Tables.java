package io.qilin.data.quality.table;

import io.qilin.data.table.BooleanColumn;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TextColumn;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small tables for tests. */
final class Tables {
  static final Instant NOW = Instant.parse("2024-01-05T07:00:30Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final List<TableField> fields = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();

  static Tables table() {
    return new Tables();
  }

  private Tables add(String name, Column column) {
    fields.add(new TableField(name, column.type()));
    columns.add(column);
    return this;
  }

  Tables numbers(String name, double... cells) {
    return add(name, DoubleColumn.of(cells));
  }

  Tables texts(String name, @Nullable String... cells) {
    return add(name, TextColumn.of(java.util.Arrays.asList(cells)));
  }

  Tables days(String name, String... cells) {
    return add(
        name,
        IntColumn.of(
            ColumnType.DATE,
            java.util.Arrays.stream(cells)
                .mapToInt(day -> (int) LocalDate.parse(day).toEpochDay())
                .toArray()));
  }

  Tables ints(String name, int... cells) {
    return add(name, IntColumn.of(ColumnType.INT32, cells));
  }

  Tables moments(String name, String... cells) {
    return add(
        name,
        LongColumn.of(
            ColumnType.TIMESTAMP,
            java.util.Arrays.stream(cells)
                .mapToLong(moment -> Instant.parse(moment).getEpochSecond() * 1_000_000_000)
                .toArray()));
  }

  Tables flags(String name, boolean... cells) {
    return add(name, BooleanColumn.of(ColumnType.BOOLEAN, cells));
  }

  TableBatch batch() {
    return new TableBatch(new TableSchema(fields), columns);
  }

  /** The rows {@code [from, to)}. */
  static TableBatch slice(TableBatch batch, int from, int to) {
    int[] rows = java.util.stream.IntStream.range(from, to).toArray();
    return new TableBatch(
        batch.schema(),
        batch.columns().stream().map(column -> column.select(rows)).toList());
  }

  TableReport judge(String rules) {
    return judge(rules, JudgeOptions.builder().now(NOW).build());
  }

  TableReport judge(String rules, JudgeOptions options) {
    return TableJudge.of(TableRules.parse(rules), options, CLOCK).judge("t", List.of(batch()));
  }
}

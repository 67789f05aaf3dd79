package io.qilin.data.monitor;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.monitor.BacktestMonitor;
import io.qilin.core.monitor.HistoryFilter;
import io.qilin.core.monitor.MonitorJson;
import io.qilin.core.monitor.PortfolioValue;
import io.qilin.core.monitor.TradeEvent;
import io.qilin.data.arrow.ArrowFormat;
import io.qilin.data.csv.CsvTableWriter;
import io.qilin.data.internal.AtomicFile;
import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TableWriter;
import io.qilin.data.table.TextColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Writes the trades and values of a {@link BacktestMonitor}. The name says the form: {@code .arrow} is
 * an Arrow IPC file, {@code .csv} and {@code .csv.gz} a text in which no cell can act as a formula of
 * a spreadsheet. A file appears whole or not at all.
 */
public final class MonitorFiles {
  private static final String AT = "at";
  private static final String STRATEGY = "strategy";

  private MonitorFiles() {}

  /**
   * Writes trades: at, strategy, symbol, action, price, quantity.
   *
   * @param target a name that ends in {@code .csv}, {@code .csv.gz} or {@code .arrow}
   * @throws QilinException IO; INVALID_ARGUMENT for another name
   */
  public static void trades(Path target, List<TradeEvent> trades) {
    if (isArrow(target)) {
      arrow(
          target,
          List.of(
              new TableField(AT, ColumnType.TIMESTAMP),
              new TableField(STRATEGY, ColumnType.TEXT),
              new TableField("symbol", ColumnType.TEXT),
              new TableField("action", ColumnType.TEXT),
              new TableField("price", ColumnType.FLOAT64),
              new TableField("quantity", ColumnType.FLOAT64)),
          List.of(
              moments(trades.stream().map(TradeEvent::at)),
              TextColumn.of(trades.stream().map(TradeEvent::strategy).toList()),
              TextColumn.of(trades.stream().map(t -> t.symbol().toString()).toList()),
              TextColumn.of(trades.stream().map(t -> t.action().name()).toList()),
              DoubleColumn.of(trades.stream().mapToDouble(TradeEvent::price).toArray()),
              DoubleColumn.of(trades.stream().mapToDouble(TradeEvent::quantity).toArray())));
      return;
    }
    List<String> header = List.of(AT, STRATEGY, "symbol", "action", "price", "quantity");
    try (CsvTableWriter out = CsvTableWriter.open(target, header)) {
      for (TradeEvent trade : trades) {
        out.text(trade.at().toString())
            .text(trade.strategy())
            .text(trade.symbol().toString());
        out.text(trade.action().name())
            .number(trade.price())
            .number(trade.quantity())
            .endRow();
      }
      out.commit();
    }
  }

  /**
   * Writes values: at, strategy, value, cash, positions.
   *
   * @param target a name that ends in {@code .csv}, {@code .csv.gz} or {@code .arrow}
   * @throws QilinException IO; INVALID_ARGUMENT for another name
   */
  public static void values(Path target, List<PortfolioValue> values) {
    if (isArrow(target)) {
      arrow(
          target,
          List.of(
              new TableField(AT, ColumnType.TIMESTAMP),
              new TableField(STRATEGY, ColumnType.TEXT),
              new TableField("value", ColumnType.FLOAT64),
              new TableField("cash", ColumnType.FLOAT64),
              new TableField("positions", ColumnType.INT64)),
          List.of(
              moments(values.stream().map(PortfolioValue::at)),
              TextColumn.of(values.stream().map(PortfolioValue::strategy).toList()),
              DoubleColumn.of(values.stream().mapToDouble(PortfolioValue::value).toArray()),
              DoubleColumn.of(values.stream().mapToDouble(PortfolioValue::cash).toArray()),
              LongColumn.of(
                  ColumnType.INT64,
                  values.stream().mapToLong(PortfolioValue::positions).toArray())));
      return;
    }
    List<String> header = List.of(AT, STRATEGY, "value", "cash", "positions");
    try (CsvTableWriter out = CsvTableWriter.open(target, header)) {
      for (PortfolioValue value : values) {
        out.text(value.at().toString()).text(value.strategy()).number(value.value());
        out.number(value.cash()).integer(value.positions()).endRow();
      }
      out.commit();
    }
  }

  /**
   * Writes {@link MonitorJson#of} in UTF-8.
   *
   * @throws QilinException IO
   */
  public static void json(Path target, BacktestMonitor monitor, HistoryFilter filter) {
    byte[] text = MonitorJson.of(monitor, filter).getBytes(StandardCharsets.UTF_8);
    try (AtomicFile file = AtomicFile.create(target)) {
      file.stream().write(text);
      file.publish();
    } catch (IOException e) {
      throw AtomicFile.failure(target, e);
    }
  }

  private static boolean isArrow(Path target) {
    String name = AtomicFile.name(target).toLowerCase(Locale.ROOT);
    if (!name.endsWith(".arrow") && !name.endsWith(".csv") && !name.endsWith(".csv.gz")) {
      throw QilinException.invalid(name + " names no form; end it with .csv, .csv.gz or .arrow");
    }
    return name.endsWith(".arrow");
  }

  private static LongColumn moments(Stream<Instant> moments) {
    return LongColumn.of(
        ColumnType.TIMESTAMP, moments.mapToLong(MonitorFiles::nanos).toArray());
  }

  private static long nanos(Instant moment) {
    try {
      return Math.addExact(
          Math.multiplyExact(moment.getEpochSecond(), 1_000_000_000L), moment.getNano());
    } catch (ArithmeticException e) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED, "no timestamp in nanoseconds can hold " + moment, e);
    }
  }

  private static void arrow(Path target, List<TableField> fields, List<Column> columns) {
    TableSchema schema = new TableSchema(fields);
    try (TableWriter out = new ArrowFormat().create(target, schema)) {
      out.write(new TableBatch(schema, columns));
      out.commit();
    }
  }
}

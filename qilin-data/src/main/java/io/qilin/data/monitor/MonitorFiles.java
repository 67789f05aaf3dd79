package io.qilin.data.monitor;

import io.qilin.api.error.QilinException;
import io.qilin.core.monitor.BacktestMonitor;
import io.qilin.core.monitor.HistoryFilter;
import io.qilin.core.monitor.MonitorJson;
import io.qilin.core.monitor.PortfolioValue;
import io.qilin.core.monitor.TradeEvent;
import io.qilin.data.arrow.ArrowColumn;
import io.qilin.data.arrow.ArrowField;
import io.qilin.data.arrow.ArrowFileWriter;
import io.qilin.data.arrow.ArrowType;
import io.qilin.data.csv.CsvTableWriter;
import io.qilin.data.internal.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

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
              new ArrowField(AT, ArrowType.TIMESTAMP_MICROS),
              new ArrowField(STRATEGY, ArrowType.UTF8),
              new ArrowField("symbol", ArrowType.UTF8),
              new ArrowField("action", ArrowType.UTF8),
              new ArrowField("price", ArrowType.FLOAT64),
              new ArrowField("quantity", ArrowType.FLOAT64)),
          List.of(
              ArrowColumn.timestamps(trades.stream().map(TradeEvent::at).toList()),
              ArrowColumn.texts(trades.stream().map(TradeEvent::strategy).toList()),
              ArrowColumn.texts(trades.stream().map(t -> t.symbol().toString()).toList()),
              ArrowColumn.texts(trades.stream().map(t -> t.action().name()).toList()),
              ArrowColumn.doubles(trades.stream().mapToDouble(TradeEvent::price).toArray()),
              ArrowColumn.doubles(
                  trades.stream().mapToDouble(TradeEvent::quantity).toArray())));
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
              new ArrowField(AT, ArrowType.TIMESTAMP_MICROS),
              new ArrowField(STRATEGY, ArrowType.UTF8),
              new ArrowField("value", ArrowType.FLOAT64),
              new ArrowField("cash", ArrowType.FLOAT64),
              new ArrowField("positions", ArrowType.INT64)),
          List.of(
              ArrowColumn.timestamps(values.stream().map(PortfolioValue::at).toList()),
              ArrowColumn.texts(values.stream().map(PortfolioValue::strategy).toList()),
              ArrowColumn.doubles(
                  values.stream().mapToDouble(PortfolioValue::value).toArray()),
              ArrowColumn.doubles(
                  values.stream().mapToDouble(PortfolioValue::cash).toArray()),
              ArrowColumn.longs(
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

  private static void arrow(Path target, List<ArrowField> fields, List<ArrowColumn> columns) {
    try (ArrowFileWriter out = ArrowFileWriter.open(target, fields)) {
      out.batch(columns);
      out.commit();
    }
  }
}

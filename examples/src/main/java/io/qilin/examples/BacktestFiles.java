package io.qilin.examples;

import io.qilin.core.backtest.BacktestDay;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.backtest.BacktestRun;
import io.qilin.core.backtest.BlockedOrder;
import io.qilin.core.backtest.DayPosition;
import io.qilin.core.backtest.JournalEntry;
import io.qilin.core.backtest.QlibRisk;
import io.qilin.core.backtest.QlibRiskTable;
import io.qilin.core.backtest.Trade;
import io.qilin.core.backtest.report.TearSheet;
import io.qilin.core.report.JsonText;
import io.qilin.data.csv.CsvTableWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes what a backtest found to a folder. */
final class BacktestFiles {
  private final Path folder;

  BacktestFiles(Path folder) {
    this.folder = folder;
    WholeFile.makeFolder(folder);
  }

  void report(BacktestReport report) {
    days(report.days());
    trades(report.trades());
    blocked(report.blocked());
    positions(report.positions());
    risk(report);
  }

  /** The same as a page and as JSON. */
  void sheet(TearSheet sheet) {
    write("tear-sheet.html", sheet.html());
    write("tear-sheet.json", sheet.json());
  }

  private void write(String name, String text) {
    WholeFile.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  private void days(List<BacktestDay> days) {
    try (CsvTableWriter table = open(
        "report.csv",
        "datetime",
        "account",
        "return",
        "total_turnover",
        "turnover",
        "total_cost",
        "cost",
        "value",
        "cash",
        "bench")) {
      for (BacktestDay day : days) {
        table
            .day(day.day())
            .number(day.account())
            .number(day.dayReturn())
            .number(day.totalTurnover())
            .number(day.turnover())
            .number(day.totalCost())
            .number(day.cost())
            .number(day.value())
            .number(day.cash())
            .number(day.bench())
            .endRow();
      }
      table.commit();
    }
  }

  private void trades(List<Trade> trades) {
    try (CsvTableWriter table = open(
        "trades.csv",
        "datetime",
        "instrument",
        "side",
        "shares",
        "price",
        "value",
        "cost",
        "profit",
        "reason")) {
      for (Trade trade : trades) {
        table
            .day(trade.day())
            .instrument(trade.symbol())
            .text(BacktestCommand.typed(trade.side()))
            .number(trade.shares())
            .number(trade.price())
            .number(trade.value())
            .number(trade.cost())
            .number(trade.profit())
            .text(trade.reason())
            .endRow();
      }
      table.commit();
    }
  }

  private void blocked(List<BlockedOrder> blocked) {
    try (CsvTableWriter table =
        open("blocked.csv", "datetime", "instrument", "side", "shares", "rule", "message")) {
      for (BlockedOrder order : blocked) {
        table
            .day(order.day())
            .instrument(order.symbol())
            .text(BacktestCommand.typed(order.side()))
            .number(order.shares())
            .text(BacktestCommand.typed(order.reason()))
            .text(order.message())
            .endRow();
      }
      table.commit();
    }
  }

  private void positions(List<DayPosition> positions) {
    try (CsvTableWriter table =
        open("positions.csv", "datetime", "instrument", "amount", "price", "weight", "count_day")) {
      for (DayPosition position : positions) {
        table
            .day(position.day())
            .instrument(position.symbol())
            .number(position.shares())
            .number(position.price())
            .number(position.weight())
            .integer(position.daysHeld())
            .endRow();
      }
      table.commit();
    }
  }

  /** The books of a run by the exact rules. */
  void journal(BacktestRun run) {
    try (CsvTableWriter table = open(
        "journal.csv",
        "number",
        "datetime",
        "kind",
        "instrument",
        "shares",
        "cash",
        "positions",
        "fees",
        "taxes",
        "deposits",
        "profit",
        "note")) {
      for (JournalEntry entry : run.journal()) {
        table.integer(entry.number()).day(entry.day()).text(BacktestCommand.typed(entry.kind()));
        entry.symbol().ifPresentOrElse(table::instrument, table::empty);
        table
            .integer(entry.shares())
            .money(entry.cash())
            .money(entry.positions())
            .money(entry.fees())
            .money(entry.taxes())
            .money(entry.deposits())
            .money(entry.profit())
            .text(entry.note())
            .endRow();
      }
      table.commit();
    }
  }

  private void risk(BacktestReport report) {
    JsonText json = new JsonText();
    json.object();
    for (Map.Entry<String, QlibRisk> row : QlibRiskTable.of(report).rows().entrySet()) {
      QlibRisk risk = row.getValue();
      json.name(row.getKey())
          .object()
          .name("mean")
          .value(risk.mean())
          .name("std")
          .value(risk.std())
          .name("annualized_return")
          .value(risk.annualizedReturn())
          .name("information_ratio")
          .value(risk.informationRatio())
          .name("max_drawdown")
          .value(risk.maxDrawdown())
          .end();
    }
    json.end();
    WholeFile.write(folder.resolve("risk.json"), json.toString().getBytes(StandardCharsets.UTF_8));
  }

  private CsvTableWriter open(String name, String... header) {
    return CsvTableWriter.open(folder.resolve(name), List.of(header));
  }
}

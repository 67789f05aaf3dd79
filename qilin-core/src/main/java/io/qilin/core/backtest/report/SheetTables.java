package io.qilin.core.backtest.report;

import io.qilin.api.market.Symbol;
import io.qilin.core.backtest.BacktestFinding;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.backtest.BlockedOrder;
import io.qilin.core.backtest.DayPosition;
import io.qilin.core.backtest.Trade;
import io.qilin.core.performance.WorstDay;
import io.qilin.core.performance.attribution.BrinsonAttribution;
import io.qilin.core.performance.attribution.BrinsonEffect;
import io.qilin.core.performance.attribution.FactorAttribution;
import io.qilin.core.report.NumberText;
import io.qilin.core.report.TextTable;
import io.qilin.core.report.TextTable.Align;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The tables of a run; lists show their first rows. */
final class SheetTables {
  private final TearSheet sheet;
  private final BacktestReport report;

  SheetTables(TearSheet sheet) {
    this.sheet = sheet;
    this.report = sheet.report();
  }

  TextTable rules() {
    TextTable.Builder table = TextTable.builder()
        .column("side and rule")
        .column("orders", Align.RIGHT)
        .column("shares", Align.RIGHT)
        .column("days", Align.RIGHT)
        .column("first")
        .column("last")
        .column("most on");
    for (BlockedRule rule : BlockedRule.of(report.blocked())) {
      Map.Entry<LocalDate, Integer> busiest = rule.busiest();
      table.row(
          rule.name(),
          NumberText.count(rule.orders()),
          SheetWords.shares(rule.shares()),
          NumberText.count(rule.days().size()),
          rule.first().toString(),
          rule.last().toString(),
          busiest.getKey() + " (" + busiest.getValue() + ")");
    }
    return table.build();
  }

  TextTable blocked() {
    TextTable.Builder table = TextTable.builder()
        .column("day")
        .column("share")
        .column("side")
        .column("shares", Align.RIGHT)
        .column("rule")
        .column("what stood against it");
    for (BlockedOrder order : first(report.blocked())) {
      table.row(
          order.day().toString(),
          order.symbol().toString(),
          order.side().name(),
          SheetWords.shares(order.shares()),
          order.reason().name(),
          order.message());
    }
    return table.build();
  }

  TextTable worstDays() {
    TextTable.Builder table = TextTable.builder()
        .column("day")
        .column("return", Align.DECIMAL)
        .column("what is on record");
    for (WorstDay day : sheet.performance().worstDays()) {
      table.row(
          day.day().toString(),
          NumberText.signedPercent(day.dayReturn(), 2),
          DayReasons.of(day, report.mode()));
    }
    return table.build();
  }

  TextTable trades() {
    TextTable.Builder table = TextTable.builder()
        .column("day")
        .column("share")
        .column("side")
        .column("shares", Align.RIGHT)
        .column("price", Align.DECIMAL)
        .column("value", Align.RIGHT)
        .column("cost", Align.DECIMAL)
        .column("profit", Align.DECIMAL)
        .column("why");
    for (Trade trade : first(report.trades())) {
      table.row(
          trade.day().toString(),
          trade.symbol().toString(),
          trade.side().name(),
          SheetWords.shares(trade.shares()),
          NumberText.fixed(trade.price(), 3),
          SheetWords.yuan(trade.value()),
          NumberText.fixed(trade.cost(), 2),
          NumberText.signed(trade.profit(), 2),
          trade.reason());
    }
    return table.build();
  }

  /** The holdings at the end, the largest first. */
  TextTable holdings() {
    TextTable.Builder table = TextTable.builder()
        .column("share")
        .column("shares", Align.RIGHT)
        .column("price", Align.DECIMAL)
        .column("weight", Align.DECIMAL)
        .column("days held", Align.RIGHT);
    for (DayPosition position : first(held())) {
      table.row(
          position.symbol().toString(),
          SheetWords.shares(position.shares()),
          NumberText.fixed(position.price(), 3),
          NumberText.percent(position.weight(), 2),
          NumberText.count(position.daysHeld()));
    }
    return table.build();
  }

  List<DayPosition> held() {
    LocalDate last = report.days().get(report.days().size() - 1).day();
    return report.positions().stream()
        .filter(position -> position.day().equals(last))
        .sorted(Comparator.comparingDouble(DayPosition::weight).reversed())
        .toList();
  }

  TextTable findingRules() {
    TextTable.Builder table = TextTable.builder()
        .column("rule")
        .column("findings", Align.RIGHT)
        .column("first")
        .column("last");
    for (FindingRule rule : FindingRule.of(report.findings())) {
      table.row(
          rule.rule(),
          NumberText.count(rule.count()),
          rule.first().toString(),
          rule.last().toString());
    }
    return table.build();
  }

  TextTable findings() {
    TextTable.Builder table =
        TextTable.builder().column("day").column("share").column("rule").column("what was found");
    for (BacktestFinding finding : first(report.findings())) {
      table.row(
          finding.day().toString(),
          finding.symbol().map(Symbol::toString).orElse(""),
          finding.rule(),
          finding.message());
    }
    return table.build();
  }

  TextTable settings() {
    TextTable.Builder table = TextTable.builder().column("setting").column("value");
    report.settings().forEach(table::row);
    sheet.facts().forEach(table::row);
    return table.build();
  }

  static TextTable industries(BrinsonAttribution found) {
    TextTable.Builder table = TextTable.builder()
        .column("industry")
        .column("allocation", Align.DECIMAL)
        .column("selection", Align.DECIMAL)
        .column("interaction", Align.DECIMAL)
        .column("in all", Align.DECIMAL);
    found.effects().forEach((industry, effect) -> table.row(effect(industry, effect)));
    table.row(effect("all industries", found.total()));
    String none = "";
    table.row("trading and cost", none, none, none, NumberText.signedPercent(found.trading(), 2));
    table.row("active return", none, none, none, NumberText.signedPercent(found.activeReturn(), 2));
    return table.build();
  }

  private static List<String> effect(String name, BrinsonEffect effect) {
    return List.of(
        name,
        NumberText.signedPercent(effect.allocation(), 2),
        NumberText.signedPercent(effect.selection(), 2),
        NumberText.signedPercent(effect.interaction(), 2),
        NumberText.signedPercent(effect.total(), 2));
  }

  static TextTable factors(FactorAttribution found) {
    TextTable.Builder table =
        TextTable.builder().column("factor").column("contribution", Align.DECIMAL);
    for (int f = 0; f < found.factors().size(); f++) {
      table.row(
          found.factors().get(f), NumberText.signedPercent(found.contributions().get(f), 2));
    }
    table.row("specific", NumberText.signedPercent(found.specific(), 2));
    table.row("active return", NumberText.signedPercent(found.activeReturn(), 2));
    return table.build();
  }

  <T> List<T> first(List<T> all) {
    return all.subList(0, Math.min(sheet.mostRows(), all.size()));
  }
}

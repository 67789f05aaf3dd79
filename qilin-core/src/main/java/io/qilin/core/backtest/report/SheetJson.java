package io.qilin.core.backtest.report;

import io.qilin.api.market.Symbol;
import io.qilin.core.backtest.BacktestFinding;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.backtest.BlockedOrder;
import io.qilin.core.backtest.DayPosition;
import io.qilin.core.backtest.Trade;
import io.qilin.core.performance.DeflatedSharpe;
import io.qilin.core.performance.WorstDay;
import io.qilin.core.performance.attribution.BrinsonAttribution;
import io.qilin.core.performance.attribution.BrinsonEffect;
import io.qilin.core.performance.attribution.FactorAttribution;
import io.qilin.core.report.JsonText;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BiConsumer;

/** What a run adds to the JSON of its performance. Lists hold their first rows, with the count of all. */
final class SheetJson {
  private final TearSheet sheet;
  private final BacktestReport report;
  private final SheetTables tables;

  SheetJson(TearSheet sheet) {
    this.sheet = sheet;
    report = sheet.report();
    tables = new SheetTables(sheet);
  }

  void write(JsonText json) {
    trials(json, sheet.performance().deflatedSharpe());
    json.name("finalAccount").value(report.finalAccount());
    json.name("blockedRules").array();
    BlockedRule.of(report.blocked()).forEach(rule -> rule(json, rule));
    json.end();
    json.name("worstDaysExplained").array();
    for (WorstDay day : sheet.performance().worstDays()) {
      json.object().name("day").value(day.day().toString());
      json.name("onRecord").value(DayReasons.of(day, report.mode())).end();
    }
    json.end();
    list(json, "blockedOrders", report.blocked(), SheetJson::order);
    list(json, "trades", report.trades(), SheetJson::trade);
    list(json, "holdings", tables.held(), SheetJson::position);
    json.name("findingRules").array();
    for (FindingRule rule : FindingRule.of(report.findings())) {
      json.object().name("rule").value(rule.rule()).name("count").value(rule.count());
      json.name("first").value(rule.first().toString());
      json.name("last").value(rule.last().toString()).end();
    }
    json.end();
    list(json, "findings", report.findings(), SheetJson::finding);
    sheet.byIndustry().ifPresent(found -> industries(json, found));
    sheet.byFactor().ifPresent(found -> factors(json, found));
  }

  private static void trials(JsonText json, DeflatedSharpe found) {
    json.name("trials").object().name("count").value(found.trials().trials());
    json.name("sharpeVariance").value(found.trials().sharpeVariance());
    json.name("expectedBestDailySharpe").value(found.expectedBest());
    json.name("deflatedSharpe").value(found.probability()).end();
  }

  private void rule(JsonText json, BlockedRule rule) {
    json.object().name("side").value(rule.side().name());
    json.name("reason").value(rule.reason().name());
    json.name("orders").value(rule.orders());
    json.name("shares").value(rule.shares());
    json.name("days").value(rule.days().size());
    json.name("first").value(rule.first().toString());
    json.name("last").value(rule.last().toString());
    json.name("busiest").value(rule.busiest().getKey().toString());
    json.name("firstDays").array();
    List<LocalDate> days = List.copyOf(rule.days().keySet());
    tables.first(days).forEach(day -> json.value(day.toString()));
    json.end().end();
  }

  private <T> void list(JsonText json, String name, List<T> all, BiConsumer<JsonText, T> row) {
    json.name(name).object().name("count").value(all.size()).name("first").array();
    for (T one : tables.first(all)) {
      json.object();
      row.accept(json, one);
      json.end();
    }
    json.end().end();
  }

  private static void order(JsonText json, BlockedOrder order) {
    json.name("day").value(order.day().toString());
    json.name("symbol").value(order.symbol().toString());
    json.name("side").value(order.side().name());
    json.name("shares").value(order.shares());
    json.name("reason").value(order.reason().name());
    json.name("message").value(order.message());
  }

  private static void trade(JsonText json, Trade trade) {
    json.name("day").value(trade.day().toString());
    json.name("symbol").value(trade.symbol().toString());
    json.name("side").value(trade.side().name());
    json.name("shares").value(trade.shares());
    json.name("price").value(trade.price());
    json.name("value").value(trade.value());
    json.name("cost").value(trade.cost());
    json.name("profit").value(trade.profit());
    json.name("reason").value(trade.reason());
  }

  private static void position(JsonText json, DayPosition position) {
    json.name("symbol").value(position.symbol().toString());
    json.name("shares").value(position.shares());
    json.name("price").value(position.price());
    json.name("weight").value(position.weight());
    json.name("daysHeld").value(position.daysHeld());
  }

  private static void finding(JsonText json, BacktestFinding finding) {
    json.name("day").value(finding.day().toString()).name("symbol");
    finding.symbol().map(Symbol::toString).ifPresentOrElse(json::value, json::nothing);
    json.name("rule").value(finding.rule());
    json.name("message").value(finding.message());
  }

  private static void industries(JsonText json, BrinsonAttribution found) {
    json.name("byIndustry").object();
    json.name("activeReturn").value(found.activeReturn());
    json.name("trading").value(found.trading());
    json.name("effects").array();
    found.effects().forEach((industry, effect) -> effect(json, industry, effect));
    json.end().end();
  }

  private static void effect(JsonText json, String industry, BrinsonEffect effect) {
    json.object().name("industry").value(industry);
    json.name("allocation").value(effect.allocation());
    json.name("selection").value(effect.selection());
    json.name("interaction").value(effect.interaction()).end();
  }

  private static void factors(JsonText json, FactorAttribution found) {
    json.name("byFactor").object();
    json.name("activeReturn").value(found.activeReturn());
    json.name("specific").value(found.specific());
    json.name("contributions").array();
    for (int f = 0; f < found.factors().size(); f++) {
      json.object().name("factor").value(found.factors().get(f));
      json.name("contribution").value(found.contributions().get(f)).end();
    }
    json.end().end();
  }
}

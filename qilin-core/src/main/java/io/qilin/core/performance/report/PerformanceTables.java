package io.qilin.core.performance.report;

import io.qilin.core.backtest.BacktestFinding;
import io.qilin.core.backtest.BlockedOrder;
import io.qilin.core.performance.BlockedCount;
import io.qilin.core.performance.Drawdown;
import io.qilin.core.performance.Metric;
import io.qilin.core.performance.Performance;
import io.qilin.core.performance.PeriodReturn;
import io.qilin.core.performance.TradingFigures;
import io.qilin.core.performance.WorstDay;
import io.qilin.core.report.NumberText;
import io.qilin.core.report.TextTable;
import io.qilin.core.report.TextTable.Align;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of a performance. */
final class PerformanceTables {
  private PerformanceTables() {}

  static TextTable metrics(Performance performance) {
    TextTable.Builder table =
        TextTable.builder().column("figure").column("value", Align.RIGHT).column("convention");
    for (Metric metric : performance.metrics()) {
      table.row(metric.name(), metric.text(), metric.convention());
    }
    return table.build();
  }

  static TextTable periods(String title, List<PeriodReturn> periods) {
    TextTable.Builder table = TextTable.builder()
        .column(title)
        .column("days", Align.RIGHT)
        .column("return", Align.DECIMAL)
        .column("benchmark", Align.DECIMAL)
        .column("active", Align.DECIMAL)
        .column("max drawdown", Align.DECIMAL);
    for (PeriodReturn row : periods) {
      table.row(
          row.period(),
          NumberText.count(row.days()),
          NumberText.signedPercent(row.total(), 2),
          NumberText.signedPercent(row.benchmark(), 2),
          NumberText.signedPercent(row.active(), 2),
          NumberText.percent(row.maxDrawdown(), 2));
    }
    return table.build();
  }

  static TextTable drawdowns(Performance performance, int most) {
    TextTable.Builder table = TextTable.builder()
        .column("depth", Align.DECIMAL)
        .column("peak")
        .column("trough")
        .column("recovery")
        .column("days to trough", Align.RIGHT)
        .column("days in all", Align.RIGHT);
    for (Drawdown fall : performance.drawdowns().deepest(most)) {
      table.row(
          NumberText.percent(fall.depth(), 2),
          fall.peak().map(LocalDate::toString).orElse("start"),
          fall.trough().toString(),
          fall.recovery().map(LocalDate::toString).orElse("not yet"),
          NumberText.count(fall.fallDays()),
          NumberText.count(fall.days()));
    }
    return table.build();
  }

  static TextTable worstDays(Performance performance) {
    TextTable.Builder table = TextTable.builder()
        .column("day")
        .column("return", Align.DECIMAL)
        .column("benchmark", Align.DECIMAL)
        .column("what happened");
    for (WorstDay day : performance.worstDays()) {
      table.row(
          day.day().toString(),
          NumberText.signedPercent(day.dayReturn(), 2),
          NumberText.signedPercent(day.benchmark(), 2),
          happened(day));
    }
    return table.build();
  }

  /** For example {@code 2 × SELL LIMIT_DOWN, 1 × beyond-limits}. */
  static String happened(WorstDay day) {
    Map<String, Long> counts = Stream.concat(
            day.blocked().stream().map(PerformanceTables::rule),
            day.findings().stream().map(BacktestFinding::rule))
        .collect(Collectors.groupingBy(rule -> rule, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " × " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private static String rule(BlockedOrder order) {
    return order.side() + " " + order.reason();
  }

  static TextTable blocked(Performance performance) {
    TextTable.Builder table = TextTable.builder()
        .column("side")
        .column("reason")
        .column("orders", Align.RIGHT)
        .column("shares", Align.RIGHT);
    for (BlockedCount count :
        performance.trading().map(TradingFigures::blocked).orElse(List.of())) {
      table.row(
          count.side().name(),
          count.reason().name(),
          NumberText.count(count.orders()),
          NumberText.fixed(count.shares(), 0));
    }
    return table.build();
  }
}

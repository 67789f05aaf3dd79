package io.qilin.core.performance.report;

import io.qilin.core.performance.BlockedCount;
import io.qilin.core.performance.Drawdown;
import io.qilin.core.performance.Metric;
import io.qilin.core.performance.Performance;
import io.qilin.core.performance.PeriodReturn;
import io.qilin.core.performance.TradingFigures;
import io.qilin.core.performance.WorstDay;
import io.qilin.core.report.JsonText;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A performance as JSON. Returns are fractions; what is not known is {@code null}. */
final class PerformanceJson {
  private final PerformanceReport report;
  private final Performance performance;
  private final JsonText json = new JsonText();

  private PerformanceJson(PerformanceReport report) {
    this.report = report;
    this.performance = report.performance();
  }

  static String of(PerformanceReport report, Consumer<JsonText> more) {
    return new PerformanceJson(report).write(more);
  }

  private String write(Consumer<JsonText> more) {
    json.object().name("title").value(report.title());
    json.name("notices").array();
    report.notices().forEach(json::value);
    json.end().name("facts").object();
    report.facts().forEach((name, value) -> json.name(name).value(value));
    json.end().name("metrics").array();
    performance.metrics().forEach(this::metric);
    json.end();
    periods("years", performance.years());
    periods("months", performance.months());
    json.name("drawdowns").array();
    performance.drawdowns().deepest(Integer.MAX_VALUE).forEach(this::drawdown);
    json.end().name("worstDays").array();
    performance.worstDays().forEach(this::worstDay);
    json.end().name("blocked").array();
    performance.trading().map(TradingFigures::blocked).orElse(List.of()).forEach(this::blocked);
    json.end();
    daily();
    more.accept(json);
    return json.end().toString();
  }

  private void metric(Metric metric) {
    json.object().name("name").value(metric.name());
    json.name("value").value(metric.value());
    json.name("unit").value(metric.unit().name());
    json.name("convention").value(metric.convention()).end();
  }

  private void periods(String name, List<PeriodReturn> periods) {
    json.name(name).array();
    for (PeriodReturn row : periods) {
      json.object().name("period").value(row.period());
      json.name("first").value(row.first().toString());
      json.name("last").value(row.last().toString());
      json.name("days").value(row.days());
      json.name("return").value(row.total());
      json.name("benchmark").value(row.benchmark());
      json.name("active").value(row.active());
      json.name("maxDrawdown").value(row.maxDrawdown()).end();
    }
    json.end();
  }

  private void drawdown(Drawdown fall) {
    json.object().name("depth").value(fall.depth());
    date("peak", fall.peak());
    json.name("trough").value(fall.trough().toString());
    date("recovery", fall.recovery());
    json.name("daysToTrough").value(fall.fallDays());
    json.name("days").value(fall.days()).end();
  }

  private void date(String name, Optional<LocalDate> day) {
    json.name(name);
    day.map(LocalDate::toString).ifPresentOrElse(json::value, json::nothing);
  }

  private void worstDay(WorstDay day) {
    json.object().name("day").value(day.day().toString());
    json.name("return").value(day.dayReturn());
    json.name("benchmark").value(day.benchmark());
    json.name("happened").value(PerformanceTables.happened(day)).end();
  }

  private void blocked(BlockedCount count) {
    json.object().name("side").value(count.side().name());
    json.name("reason").value(count.reason().name());
    json.name("orders").value(count.orders());
    json.name("shares").value(count.shares()).end();
  }

  private void daily() {
    json.name("daily").object().name("day").array();
    performance.days().forEach(day -> json.value(day.toString()));
    json.end();
    json.name("return").value(performance.returns().values());
    json.name("benchmark").value(performance.benchmark().values());
    json.name("equity").value(performance.equity());
    json.name("benchmarkEquity").value(performance.benchmarkEquity());
    json.name("drawdown").value(performance.drawdowns().values());
    json.name("rollingSharpe").value(performance.rollingSharpe());
    json.name("exposure").value(performance.exposure());
    json.name("turnover").value(performance.turnover());
    json.end();
  }
}

package io.qilin.core.backtest.report;

import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.performance.Performance;
import io.qilin.core.performance.report.PerformanceReport;
import io.qilin.core.report.HtmlReport;
import io.qilin.core.report.NumberText;
import io.qilin.core.report.TextTable;
import java.time.LocalDate;
import java.util.List;

/** A run as a page: first what it brought, then when, then what stood in its way, then by which rules. */
final class SheetPage {
  private final TearSheet sheet;
  private final BacktestReport report;
  private final Performance performance;
  private final PerformanceReport figures;
  private final SheetTables tables;
  private final SheetCharts charts;
  private final HtmlReport.Builder page;

  private SheetPage(TearSheet sheet) {
    this.sheet = sheet;
    report = sheet.report();
    performance = sheet.performance();
    figures = sheet.figures();
    tables = new SheetTables(sheet);
    charts = new SheetCharts(performance);
    page = HtmlReport.builder("en", sheet.title()).wide();
  }

  static String of(TearSheet sheet) {
    SheetPage page = new SheetPage(sheet);
    page.head();
    page.overview();
    page.curves();
    page.periods();
    page.rolling();
    page.blocked();
    page.worstDays();
    page.trades();
    page.attribution();
    page.findings();
    page.figures();
    page.settings();
    return page.page.build();
  }

  private void head() {
    List<LocalDate> days = performance.days();
    page.subtitle(SheetWords.counted(days.size(), "trading day", "trading days") + " from "
        + days.get(0) + " to " + days.get(days.size() - 1));
    page.subtitle(SheetWords.mode(report.mode()));
    page.subtitle(SheetWords.trials(performance.deflatedSharpe()));
    page.subtitle("Data SHA-256 " + report.dataHash());
    sheet.notices().forEach(page::notice);
  }

  private void overview() {
    page.section("Overview");
    page.figures(Headline.of(report, performance));
    page.remark("Returns are after cost. The convention of every figure stands beside it under"
        + " “Figures and conventions”; " + NumberText.UNKNOWN + " is a figure that is not known.");
  }

  private void curves() {
    page.section("Equity and drawdown");
    page.chart(charts.equity());
    if (!charts.hasBenchmark()) {
      page.remark("The run has no benchmark.");
    }
    page.chart(charts.drawdown());
    TextTable deepest = figures.drawdowns(5);
    if (deepest.size() > 0) {
      page.part("Deepest drawdowns").table(deepest);
    }
  }

  private void periods() {
    page.section("Returns by month and year");
    page.chart(charts.months());
    page.table(figures.years());
  }

  private void rolling() {
    page.section("Rolling Sharpe ratio, turnover and exposure");
    charts
        .rollingSharpe()
        .ifPresentOrElse(
            page::chart,
            () -> page.remark("There is no rolling Sharpe ratio: its window has "
                + performance.settings().rollingDays() + " days, the run "
                + SheetWords.counted(performance.days().size(), "day", "days")
                + ", or its returns do not vary."));
    charts.turnover().ifPresent(page::chart);
    charts.exposure().ifPresent(page::chart);
  }

  private void blocked() {
    page.section("Orders not filled");
    List<BlockedRule> rules = BlockedRule.of(report.blocked());
    if (rules.isEmpty()) {
      page.paragraph("Every order was filled in full.");
      return;
    }
    page.chart(SheetCharts.blocked(rules));
    page.table(tables.rules());
    page.part("One by one");
    list(tables.blocked(), report.blocked().size(), "orders not filled");
  }

  private void worstDays() {
    page.section("Worst days");
    if (performance.worstDays().isEmpty()) {
      page.paragraph("No day of loss is to be listed.");
      return;
    }
    page.table(tables.worstDays());
    boolean exact = report.mode() == BacktestReport.Mode.EXACT_A_SHARE;
    page.remark("Blocked orders and findings of the same day: what is on record, not a proof of the"
        + " cause." + (exact ? " Sealed names are those for which an order was held back." : ""));
  }

  private void trades() {
    page.section("Trades and holdings");
    if (report.trades().isEmpty()) {
      page.paragraph("There was no trade.");
    } else {
      page.part("Trades");
      list(tables.trades(), report.trades().size(), "trades");
      page.remark("Value, cost and profit in yuan; profit of a sale after the costs of buying and"
          + " selling." + qlibShares());
    }
    LocalDate last = report.days().get(report.days().size() - 1).day();
    page.part("Holdings at the close of " + last);
    int held = tables.held().size();
    if (held == 0) {
      page.paragraph("Nothing was held.");
    } else {
      list(tables.holdings(), held, "holdings");
    }
  }

  private String qlibShares() {
    return report.mode() == BacktestReport.Mode.QLIB ? " Shares and prices are adjusted." : "";
  }

  private void attribution() {
    if (sheet.byIndustry().isEmpty() && sheet.byFactor().isEmpty()) {
      return;
    }
    page.section("Attribution of the active return");
    sheet.byIndustry().ifPresent(found -> {
      page.part("By industry").table(SheetTables.industries(found));
      page.remark("Brinson and Fachler, with interaction; days linked so that all effects, trading"
          + " and cost add up to the active return.");
    });
    sheet.byFactor().ifPresent(found -> {
      page.part("By factor").table(SheetTables.factors(found));
      page.remark("Daily cross-sectional regression of returns on exposures; days linked so that"
          + " contributions and the specific part add up to the active return.");
    });
  }

  private void findings() {
    page.section("Findings");
    if (report.findings().isEmpty()) {
      page.paragraph("Nothing odd was found in the data or the strategy.");
      return;
    }
    page.table(tables.findingRules());
    page.part("One by one");
    list(tables.findings(), report.findings().size(), "findings");
  }

  private void figures() {
    page.section("Figures and conventions");
    page.table(figures.metrics());
  }

  private void settings() {
    page.section("Settings and data");
    TextTable settings = tables.settings();
    if (settings.size() > 0) {
      page.table(settings);
    }
    page.remark("Data SHA-256 " + report.dataHash()
        + ": the bars, statuses, actions and signal that were read.");
    page.remark("A backtest promises nothing.");
  }

  private void list(TextTable table, int all, String what) {
    if (table.size() > 0) {
      page.table(table);
    }
    SheetWords.cut(all, sheet.mostRows(), what).ifPresent(page::remark);
  }
}

package io.qilin.core.backtest.report;

import io.qilin.core.performance.Performance;
import io.qilin.core.performance.PeriodReturn;
import io.qilin.core.report.SvgChart;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The charts of a run, thinned where the days are more than a chart can show. */
final class SheetCharts {
  private static final int POINTS = 500;
  private static final int BARS = 120;
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private final Performance performance;
  private final Thinned points;

  SheetCharts(Performance performance) {
    this.performance = performance;
    points = new Thinned(performance.days(), POINTS);
  }

  /** Whether any return of a benchmark is known. */
  boolean hasBenchmark() {
    return isKnown(performance.benchmarkEquity());
  }

  SvgChart equity() {
    String title = "Return since the start, after cost, "
        + SheetWords.added(performance.settings().compounding());
    SvgChart.LineBuilder chart = SvgChart.lines(points.title(title, "last"), points.days())
        .percent()
        .series("account", points.last(performance.equity()));
    if (hasBenchmark()) {
      chart.series("benchmark", points.last(performance.benchmarkEquity()));
    }
    return chart.build();
  }

  SvgChart drawdown() {
    return SvgChart.lines(points.title("Drawdown", "lowest"), points.days())
        .percent()
        .series("drawdown", points.lowest(performance.drawdowns().values()))
        .build();
  }

  SvgChart months() {
    SortedMap<String, double[]> years = new TreeMap<>();
    for (PeriodReturn month : performance.months()) {
      double[] row = years.computeIfAbsent(Integer.toString(month.first().getYear()), year -> {
        double[] empty = new double[MONTHS.size()];
        Arrays.fill(empty, Double.NaN);
        return empty;
      });
      row[month.first().getMonthValue() - 1] = month.total() * 100;
    }
    SvgChart.HeatBuilder heat =
        SvgChart.heatMap("Return by month in percent, after cost", MONTHS).decimals(2);
    years.forEach(heat::row);
    return heat.build();
  }

  /** Empty if the run is shorter than the window. */
  Optional<SvgChart> rollingSharpe() {
    double[] values = performance.rollingSharpe();
    String title =
        "Sharpe ratio of the last " + performance.settings().rollingDays() + " days, a year";
    return isKnown(values)
        ? Optional.of(SvgChart.lines(points.title(title, "last"), points.days())
            .series("Sharpe ratio", points.last(values))
            .build())
        : Optional.empty();
  }

  /** Empty if nothing is known about trading. */
  Optional<SvgChart> turnover() {
    double[] values = performance.turnover();
    Thinned bars = new Thinned(performance.days(), BARS);
    String title = "Turnover a day, buys and sells over the account before the day";
    return isKnown(values)
        ? Optional.of(SvgChart.lines(bars.title(title, "mean"), bars.days())
            .percent()
            .bars("turnover", bars.mean(values))
            .build())
        : Optional.empty();
  }

  /** Empty if nothing is known about trading. */
  Optional<SvgChart> exposure() {
    double[] values = performance.exposure();
    String title = "Exposure, positions over the account at the close";
    return isKnown(values)
        ? Optional.of(SvgChart.lines(points.title(title, "mean"), points.days())
            .percent()
            .series("exposure", points.mean(values))
            .build())
        : Optional.empty();
  }

  static SvgChart blocked(List<BlockedRule> rules) {
    SvgChart.BarBuilder chart =
        SvgChart.bars("Orders, or parts of orders, not filled by side and rule").decimals(0);
    rules.forEach(rule -> chart.bar(rule.name(), rule.orders()));
    return chart.build();
  }

  private static boolean isKnown(double[] values) {
    return Arrays.stream(values).anyMatch(Double::isFinite);
  }
}

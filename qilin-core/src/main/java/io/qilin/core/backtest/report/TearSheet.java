package io.qilin.core.backtest.report;

import io.qilin.api.error.QilinException;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.performance.Performance;
import io.qilin.core.performance.ReturnSeries;
import io.qilin.core.performance.attribution.BrinsonAttribution;
import io.qilin.core.performance.attribution.FactorAttribution;
import io.qilin.core.performance.report.PerformanceReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A backtest as a page in one HTML file, as JSON, and as lines of a terminal. All three state the rules that the run
 * went by, its settings, the hash of its data, the number of trials and the convention of every figure. Equal runs give
 * equal text. Immutable and safe to share.
 *
 * <p>Size is bounded: charts of long runs are thinned and say so, long lists show their first rows and say how many more
 * there are. Returns are fractions in JSON and percent for people; what is not known ({@code NaN}) is {@code null} in JSON
 * and a dash for people.
 */
public final class TearSheet {
  private final BacktestReport report;
  private final Performance performance;
  private final String title;
  private final List<String> notices;
  private final Map<String, String> facts;
  private final Optional<BrinsonAttribution> byIndustry;
  private final Optional<FactorAttribution> byFactor;
  private final int mostRows;

  private TearSheet(Builder builder) {
    report = builder.report;
    performance = builder.performance;
    title = builder.title;
    notices = List.copyOf(builder.notices);
    facts = new TreeMap<>(builder.facts);
    byIndustry = builder.byIndustry;
    byFactor = builder.byFactor;
    mostRows = builder.mostRows;
  }

  /**
   * Starts a sheet.
   *
   * @param report what the backtest found
   * @param performance of the same run, see {@link Performance#of(BacktestReport,
   *     io.qilin.core.performance.PerformanceSettings)}; its settings hold the number of trials
   * @throws QilinException INVALID_ARGUMENT if the performance has other days or returns than the report
   */
  public static Builder builder(BacktestReport report, Performance performance) {
    return new Builder(report, performance);
  }

  /** A page that needs no script and loads nothing, to be stored as UTF-8. */
  public String html() {
    return SheetPage.of(this);
  }

  /** Figures, series, blocked orders by rule, explained days, first trades and findings, attribution. */
  public String json() {
    return figures().json(new SheetJson(this)::write);
  }

  /** The figures and tables as lines of a terminal, each ended by {@code \n}. */
  public String text() {
    return SheetText.of(this);
  }

  BacktestReport report() {
    return report;
  }

  Performance performance() {
    return performance;
  }

  String title() {
    return title;
  }

  List<String> notices() {
    return notices;
  }

  Map<String, String> facts() {
    return facts;
  }

  Optional<BrinsonAttribution> byIndustry() {
    return byIndustry;
  }

  Optional<FactorAttribution> byFactor() {
    return byFactor;
  }

  int mostRows() {
    return mostRows;
  }

  /** What does not need the orders of the run. */
  PerformanceReport figures() {
    PerformanceReport.Builder figures = PerformanceReport.builder(performance).title(title);
    figures.notice(SheetWords.mode(report.mode()));
    figures.notice(SheetWords.trials(performance.deflatedSharpe()));
    notices.forEach(figures::notice);
    figures.run(report);
    facts.forEach(figures::fact);
    return figures.build();
  }

  /** Collects what stands around the figures. Not thread-safe. */
  public static final class Builder {
    private final BacktestReport report;
    private final Performance performance;
    private final List<String> notices = new ArrayList<>();
    private final Map<String, String> facts = new TreeMap<>();
    private String title = "Backtest";
    private Optional<BrinsonAttribution> byIndustry = Optional.empty();
    private Optional<FactorAttribution> byFactor = Optional.empty();
    private int mostRows = 20;

    private Builder(BacktestReport report, Performance performance) {
      this.report = Objects.requireNonNull(report, "report");
      this.performance = Objects.requireNonNull(performance, "performance");
      ReturnSeries own = ReturnSeries.net(report).known();
      boolean same = own.days().equals(performance.days())
          && Arrays.equals(own.values(), performance.returns().values());
      if (!same) {
        throw QilinException.invalid("the performance of " + performance.days().size()
            + " days is not that of the report with " + own.size()
            + " days of known return; compute it by Performance.of(report, settings)");
      }
    }

    /** The heading, for example the name of the strategy; {@code Backtest} unless set. */
    public Builder title(String text) {
      title = Objects.requireNonNull(text, "text");
      return this;
    }

    /** Adds a statement that nobody may overlook, for example that the data is synthetic. */
    public Builder notice(String text) {
      notices.add(Objects.requireNonNull(text, "text"));
      return this;
    }

    /**
     * Adds a fact about the run to its settings.
     *
     * @throws QilinException INVALID_ARGUMENT if the sheet has a fact or setting of this name with another value
     */
    public Builder fact(String name, String value) {
      Objects.requireNonNull(value, "value");
      PerformanceReport.Builder known = PerformanceReport.builder(performance).run(report);
      facts.forEach(known::fact);
      known.fact(name, value);
      facts.put(name, value);
      return this;
    }

    /** Adds where the active return came from by industry. */
    public Builder attribution(BrinsonAttribution found) {
      byIndustry = Optional.of(found);
      return this;
    }

    /** Adds where the active return came from by factor. */
    public Builder attribution(FactorAttribution found) {
      byFactor = Optional.of(found);
      return this;
    }

    /**
     * How many rows a list of orders, trades, holdings or findings shows; 20 unless set.
     *
     * @throws QilinException INVALID_ARGUMENT if negative
     */
    public Builder mostRows(int count) {
      if (count < 0) {
        throw QilinException.invalid("a number of rows is 0 or more, was " + count);
      }
      mostRows = count;
      return this;
    }

    /** The sheet. */
    public TearSheet build() {
      return new TearSheet(this);
    }
  }
}

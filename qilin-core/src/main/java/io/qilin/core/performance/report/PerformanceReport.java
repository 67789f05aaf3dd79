package io.qilin.core.performance.report;

import io.qilin.api.error.QilinException;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.performance.Performance;
import io.qilin.core.report.JsonText;
import io.qilin.core.report.TextTable;
import io.qilin.core.report.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A performance as text of a terminal or JSON, with what a reader must know beside it. Equal performances give equal text.
 * Immutable and safe to share.
 */
public final class PerformanceReport {
  private final Performance performance;
  private final String title;
  private final List<String> notices;
  private final Map<String, String> facts;

  private PerformanceReport(Builder builder) {
    performance = builder.performance;
    title = builder.title;
    notices = List.copyOf(builder.notices);
    facts = new TreeMap<>(builder.facts);
  }

  /** Starts a report. */
  public static Builder builder(Performance performance) {
    return new Builder(performance);
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

  /** Every figure with its convention. */
  public TextTable metrics() {
    return PerformanceTables.metrics(performance);
  }

  /** One row a year. */
  public TextTable years() {
    return PerformanceTables.periods("year", performance.years());
  }

  /** One row a month. */
  public TextTable months() {
    return PerformanceTables.periods("month", performance.months());
  }

  /**
   * The deepest falls with their dates.
   *
   * @param most how many rows at most
   */
  public TextTable drawdowns(int most) {
    return PerformanceTables.drawdowns(performance, most);
  }

  /** The worst days and what may explain them. */
  public TextTable worstDays() {
    return PerformanceTables.worstDays(performance);
  }

  /** What was not filled, by side and reason; no row if nothing is known about trading. */
  public TextTable blocked() {
    return PerformanceTables.blocked(performance);
  }

  /** The figures, years, drawdowns, worst days and blocked orders as lines of a terminal, each ended by {@code \n}. */
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(VisibleText.oneLine(title))
        .append(": ")
        .append(performance.days().size());
    out.append(performance.days().size() == 1 ? " day from " : " days from ");
    out.append(performance.days().get(0)).append(" to ");
    out.append(performance.days().get(performance.days().size() - 1)).append('\n');
    notices.forEach(notice -> out.append(VisibleText.oneLine(notice)).append('\n'));
    facts.forEach(
        (name, value) -> out.append(VisibleText.oneLine(name + ": " + value)).append('\n'));
    part(out, "Figures and their conventions", metrics());
    part(out, "By year", years());
    part(out, "Deepest drawdowns", drawdowns(5));
    part(out, "Worst days", worstDays());
    part(out, "Orders not filled", blocked());
    return out.toString();
  }

  private static void part(StringBuilder out, String heading, TextTable table) {
    if (table.size() > 0) {
      out.append('\n').append(heading).append("\n\n").append(table);
    }
  }

  /** Everything as JSON, the daily series too. */
  public String json() {
    return json(more -> {});
  }

  /**
   * Everything as JSON, and what the caller adds to it.
   *
   * @param more writes names and values at the end of the open object
   */
  public String json(Consumer<JsonText> more) {
    return PerformanceJson.of(this, more);
  }

  /** Collects what stands around the figures. Not thread-safe. */
  public static final class Builder {
    private final Performance performance;
    private final List<String> notices = new ArrayList<>();
    private final Map<String, String> facts = new TreeMap<>();
    private String title = "Performance";

    private Builder(Performance performance) {
      this.performance = Objects.requireNonNull(performance, "performance");
    }

    /** The heading; {@code Performance} unless set. */
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
     * Adds a fact about the run.
     *
     * @throws QilinException INVALID_ARGUMENT if the fact is there already with another value
     */
    public Builder fact(String name, String value) {
      String before = facts.putIfAbsent(name, Objects.requireNonNull(value, "value"));
      if (before != null && !before.equals(value)) {
        throw QilinException.invalid("the fact " + QilinException.quote(name) + " is "
            + QilinException.quote(before) + " already");
      }
      return this;
    }

    /** Adds the mode, the settings and the data hash of the run. */
    public Builder run(BacktestReport report) {
      fact("mode", report.mode().name());
      fact("data SHA-256", report.dataHash());
      report.settings().forEach((name, value) -> fact("setting " + name, value));
      return this;
    }

    /** The report. */
    public PerformanceReport build() {
      return new PerformanceReport(this);
    }
  }
}

package io.qilin.core.report;

import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A chart as inline SVG: no script, no font or image from elsewhere, a title and a description for those who cannot see
 * it. Colours are given as attributes and as classes, so that a chart stands alone and {@link HtmlReport} can dress it
 * for dark screens. Immutable and safe to share; the same data gives the same text.
 */
public final class SvgChart {
  private final String title;
  private final String svg;

  SvgChart(String title, String svg) {
    this.title = title;
    this.svg = svg;
  }

  /**
   * Starts a line chart over days. Days stand at equal distances, so that weekends leave no gap.
   *
   * @param title what is shown, for people who hear the page as well
   * @param days ascending, at least one
   * @throws QilinException INVALID_ARGUMENT without any day
   */
  public static LineBuilder lines(String title, List<LocalDate> days) {
    return new LineBuilder(title, days);
  }

  /** Starts a chart of horizontal bars, one below the other, negative ones to the left of zero. */
  public static BarBuilder bars(String title) {
    return new BarBuilder(title);
  }

  /**
   * Starts a map of coloured cells with their values written in them: blue above zero, orange below, the stronger the
   * farther from it.
   *
   * @param columns the heads of the columns, at least one
   * @throws QilinException INVALID_ARGUMENT without a column
   */
  public static HeatBuilder heatMap(String title, List<String> columns) {
    return new HeatBuilder(title, columns);
  }

  /** What is shown. */
  public String title() {
    return title;
  }

  /** The {@code <svg>} element. */
  public String svg() {
    return svg;
  }

  /** How values are written. */
  enum Unit {
    NUMBER,
    PERCENT;

    String text(double value, int decimals) {
      return this == PERCENT
          ? NumberText.percent(value, decimals)
          : NumberText.fixed(value, decimals);
    }
  }

  /** A named row of values. */
  static final class Series {
    final String name;
    final double[] values;
    /** Whether each value is a bar from zero rather than a point of a line. */
    final boolean bars;

    Series(String name, double[] values, boolean bars) {
      this.name = Objects.requireNonNull(name, "name");
      this.values = values.clone();
      this.bars = bars;
    }
  }

  /** A labelled value. */
  record Bar(String label, double value) {}

  /** Collects the lines of a chart. Not thread-safe. */
  public static final class LineBuilder {
    final String title;
    final List<LocalDate> days;
    final List<Series> series = new ArrayList<>();
    String description = "";
    Unit unit = Unit.NUMBER;

    private LineBuilder(String title, List<LocalDate> days) {
      this.title = Objects.requireNonNull(title, "title");
      this.days = List.copyOf(days);
      if (this.days.isEmpty()) {
        throw QilinException.invalid("a line chart needs at least one day");
      }
    }

    /** What a reader should see in it; made from the data unless set. */
    public LineBuilder description(String text) {
      this.description = Objects.requireNonNull(text, "text");
      return this;
    }

    /** Values are fractions, to be written in percent. */
    public LineBuilder percent() {
      this.unit = Unit.PERCENT;
      return this;
    }

    /**
     * Adds a line.
     *
     * @param name for the legend
     * @param values one a day; the line breaks where a value is NaN or infinite; copied
     * @throws QilinException INVALID_ARGUMENT unless there is one value for each day
     */
    public LineBuilder series(String name, double[] values) {
      return add(name, values, false);
    }

    /**
     * Adds a bar from zero for each day; drawn in the order in which lines and bars are added.
     *
     * @param name for the legend
     * @param values one a day; NaN and infinity are left out; copied
     * @throws QilinException INVALID_ARGUMENT unless there is one value for each day
     */
    public LineBuilder bars(String name, double[] values) {
      return add(name, values, true);
    }

    private LineBuilder add(String name, double[] values, boolean bars) {
      if (values.length != days.size()) {
        throw QilinException.invalid("series " + QilinException.quote(name) + " has "
            + values.length + " values for " + days.size() + " days");
      }
      series.add(new Series(name, values, bars));
      return this;
    }

    /**
     * The chart; without any finite value it says so.
     *
     * @throws QilinException INVALID_ARGUMENT without a series
     */
    public SvgChart build() {
      if (series.isEmpty()) {
        throw QilinException.invalid("a line chart needs at least one series");
      }
      return new SvgChart(title, new LineDrawing(this).draw());
    }
  }

  /** Collects the bars of a chart. Not thread-safe. */
  public static final class BarBuilder {
    final String title;
    final List<Bar> bars = new ArrayList<>();
    String description = "";
    Unit unit = Unit.NUMBER;
    int decimals = 3;

    private BarBuilder(String title) {
      this.title = Objects.requireNonNull(title, "title");
    }

    /** What a reader should see in it; made from the data unless set. */
    public BarBuilder description(String text) {
      this.description = Objects.requireNonNull(text, "text");
      return this;
    }

    /** Values are fractions, to be written in percent. */
    public BarBuilder percent() {
      this.unit = Unit.PERCENT;
      return this;
    }

    /**
     * Decimals of the values beside the bars; 3 unless set.
     *
     * @throws QilinException INVALID_ARGUMENT unless 0 to 15
     */
    public BarBuilder decimals(int count) {
      if (count < 0 || count > 15) {
        throw QilinException.invalid("decimals are 0 to 15, was " + count);
      }
      this.decimals = count;
      return this;
    }

    /** Adds a bar; NaN and infinity are written but not drawn. */
    public BarBuilder bar(String label, double value) {
      bars.add(new Bar(Objects.requireNonNull(label, "label"), value));
      return this;
    }

    /**
     * The chart.
     *
     * @throws QilinException INVALID_ARGUMENT without a bar
     */
    public SvgChart build() {
      if (bars.isEmpty()) {
        throw QilinException.invalid("a bar chart needs at least one bar");
      }
      return new SvgChart(title, new BarDrawing(this).draw());
    }
  }

  /** A row of cells. */
  static final class HeatRow {
    final String label;
    final double[] values;

    HeatRow(String label, double[] values) {
      this.label = Objects.requireNonNull(label, "label");
      this.values = values.clone();
    }
  }

  /** Collects the rows of a heat map. Not thread-safe. */
  public static final class HeatBuilder {
    final String title;
    final List<String> columns;
    final List<HeatRow> rows = new ArrayList<>();
    int decimals = 2;

    private HeatBuilder(String title, List<String> columns) {
      this.title = Objects.requireNonNull(title, "title");
      this.columns = List.copyOf(columns);
      if (this.columns.isEmpty()) {
        throw QilinException.invalid("a heat map needs at least one column");
      }
    }

    /**
     * Decimals of the values in the cells; 2 unless set.
     *
     * @throws QilinException INVALID_ARGUMENT unless 0 to 15
     */
    public HeatBuilder decimals(int count) {
      if (count < 0 || count > 15) {
        throw QilinException.invalid("decimals are 0 to 15, was " + count);
      }
      this.decimals = count;
      return this;
    }

    /**
     * Adds a row.
     *
     * @param values one a column; a cell that is not finite stays empty; copied
     * @throws QilinException INVALID_ARGUMENT unless there is one value for each column
     */
    public HeatBuilder row(String label, double[] values) {
      if (values.length != columns.size()) {
        throw QilinException.invalid("row " + QilinException.quote(label) + " has " + values.length
            + " values for " + columns.size() + " columns");
      }
      rows.add(new HeatRow(label, values));
      return this;
    }

    /**
     * The map.
     *
     * @throws QilinException INVALID_ARGUMENT without a row
     */
    public SvgChart build() {
      if (rows.isEmpty()) {
        throw QilinException.invalid("a heat map needs at least one row");
      }
      return new SvgChart(title, new HeatDrawing(this).draw());
    }
  }
}

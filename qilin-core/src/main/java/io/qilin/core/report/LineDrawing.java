package io.qilin.core.report;

import io.qilin.core.report.SvgChart.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Draws a line chart: value axis at the left, days below, the last value of every line at its end. */
final class LineDrawing {
  private static final double HEIGHT = 280;
  private static final double BOTTOM = HEIGHT - 26;
  private static final double LABEL_STEP = 14;

  private final SvgChart.LineBuilder chart;
  private final Svg svg = new Svg();
  private double left;
  private double right;
  private double top;
  private AxisTicks ticks = new AxisTicks(List.of(0.0, 1.0), 0);

  LineDrawing(SvgChart.LineBuilder chart) {
    this.chart = chart;
  }

  String draw() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Series series : chart.series) {
      for (double value : series.values) {
        if (Double.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
      low = series.bars ? Math.min(low, 0) : low;
      high = series.bars ? Math.max(high, 0) : high;
    }
    if (low > high) {
      svg.text(Svg.WIDTH / 2.0, 40, "middle", "tick", Svg.INK, "no data");
      return svg.wrap(chart.title, description(), 70);
    }
    ticks = AxisTicks.around(low, high, 5);
    layOut();
    drawAxes();
    for (int s = 0; s < chart.series.size(); s++) {
      if (chart.series.get(s).bars) {
        drawBars(s);
      } else {
        drawLine(s);
      }
    }
    drawEnds();
    return svg.wrap(chart.title, description(), HEIGHT);
  }

  private void layOut() {
    top = chart.series.size() > 1 ? 34 : 12;
    left = 10
        + ticks.values().stream()
            .mapToDouble(v -> Svg.textWidth(tickText(v)))
            .max()
            .orElse(0);
    right = Svg.WIDTH
        - 12
        - chart.series.stream()
            .mapToDouble(s -> Svg.textWidth(endText(lastKnown(s))))
            .max()
            .orElse(0);
    double x = left;
    for (int s = 0; s < chart.series.size() && top > 12; s++) {
      String name = chart.series.get(s).name;
      svg.add("<rect class=\"s" + s % Svg.colours() + "\" x=\"" + Svg.at(x)
          + "\" y=\"9\" width=\"14\" height=\"3\" fill=\"" + Svg.colour(s) + "\"/>");
      svg.text(x + 20, 15, "start", "tick", Svg.INK, name);
      x += 40 + Svg.textWidth(name);
    }
  }

  private void drawAxes() {
    for (double value : ticks.values()) {
      boolean zero = value == 0 && ticks.low() < 0;
      svg.line(left, y(value), right, y(value), zero ? "zero" : "grid", zero ? Svg.ZERO : Svg.GRID);
      svg.text(left - 8, y(value) + 4, "end", "tick", Svg.INK, tickText(value));
    }
    for (DateTicks.Tick tick : DateTicks.of(chart.days)) {
      double x = x(tick.index());
      svg.line(x, BOTTOM, x, BOTTOM + 4, "zero", Svg.ZERO);
      svg.text(x, BOTTOM + 18, "middle", "tick", Svg.INK, tick.label());
    }
  }

  private void drawLine(int s) {
    double[] values = chart.series.get(s).values;
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < values.length; i++) {
      boolean known = Double.isFinite(values[i]);
      if (known) {
        path.append(pen ? "L" : "M").append(Svg.at(x(i))).append(' ').append(Svg.at(y(values[i])));
        boolean alone = !pen && (i + 1 == values.length || !Double.isFinite(values[i + 1]));
        path.append(alone ? "h0.1" : "");
      }
      pen = known;
    }
    svg.add("<path class=\"line s" + s % Svg.colours() + "\" d=\"" + path
        + "\" fill=\"none\" stroke=\"" + Svg.colour(s)
        + "\" stroke-width=\"1.75\" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>");
  }

  private void drawBars(int s) {
    double[] values = chart.series.get(s).values;
    double step = (right - left) / values.length;
    double width = Math.max(0.8, Math.min(18, step * 0.72));
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      if (Double.isFinite(values[i])) {
        path.append('M').append(Svg.at(x(i))).append(' ').append(Svg.at(y(0)));
        path.append('V').append(Svg.at(y(values[i])));
      }
    }
    svg.add("<path class=\"line s" + s % Svg.colours() + "\" d=\"" + path
        + "\" fill=\"none\" stroke=\"" + Svg.colour(s) + "\" stroke-width=\"" + Svg.at(width)
        + "\"/>");
  }

  /** Writes each line's last value beside its end, moved apart where they would cover each other. */
  private void drawEnds() {
    List<Integer> order = new ArrayList<>();
    for (int s = 0; s < chart.series.size(); s++) {
      if (lastKnown(chart.series.get(s)) >= 0 && !chart.series.get(s).bars) {
        order.add(s);
      }
    }
    order.sort(Comparator.comparingDouble(s -> endY(s)));
    double free = Double.NEGATIVE_INFINITY;
    for (int s : order) {
      int at = lastKnown(chart.series.get(s));
      svg.add("<circle class=\"s" + s % Svg.colours() + "\" cx=\"" + Svg.at(x(at)) + "\" cy=\""
          + Svg.at(endY(s)) + "\" r=\"2.5\" fill=\"" + Svg.colour(s) + "\"/>");
      double text = Math.max(endY(s), free);
      free = text + LABEL_STEP;
      svg.text(
          right + 8, text + 4, "start", "end s" + s % Svg.colours(), Svg.colour(s), endText(s, at));
    }
  }

  private double endY(int s) {
    Series series = chart.series.get(s);
    return y(series.values[lastKnown(series)]);
  }

  private static int lastKnown(Series series) {
    int at = series.values.length - 1;
    while (at >= 0 && !Double.isFinite(series.values[at])) {
      at--;
    }
    return at;
  }

  private String endText(int index) {
    return index < 0
        ? ""
        : chart.series.stream()
            .map(s -> s.values[index])
            .filter(Double::isFinite)
            .map(v -> chart.unit.text(v, endDecimals()))
            .max(Comparator.comparingInt(String::length))
            .orElse("");
  }

  private String endText(int s, int index) {
    return chart.unit.text(chart.series.get(s).values[index], endDecimals());
  }

  private int endDecimals() {
    int shown =
        chart.unit == SvgChart.Unit.PERCENT ? Math.max(0, ticks.decimals() - 2) : ticks.decimals();
    return Math.min(15, shown + 1);
  }

  private String tickText(double value) {
    int decimals =
        chart.unit == SvgChart.Unit.PERCENT ? Math.max(0, ticks.decimals() - 2) : ticks.decimals();
    return chart.unit.text(value, decimals);
  }

  /** Bars need room for half of one at both ends. */
  private double x(int index) {
    int days = chart.days.size();
    if (days == 1) {
      return (left + right) / 2;
    }
    return hasBars()
        ? left + (right - left) * (index + 0.5) / days
        : left + (right - left) * index / (days - 1);
  }

  private boolean hasBars() {
    return chart.series.stream().anyMatch(series -> series.bars);
  }

  private double y(double value) {
    double span = ticks.high() - ticks.low();
    return BOTTOM - (BOTTOM - top) * (value - ticks.low()) / span;
  }

  private String description() {
    if (!chart.description.isEmpty()) {
      return chart.description;
    }
    String ends = chart.series.stream()
        .map(s -> s.name
            + (lastKnown(s) < 0
                ? " has no value"
                : " ends at " + chart.unit.text(s.values[lastKnown(s)], endDecimals())))
        .collect(Collectors.joining(", "));
    return "Lines from " + chart.days.get(0) + " to " + chart.days.get(chart.days.size() - 1) + ": "
        + ends + ".";
  }
}

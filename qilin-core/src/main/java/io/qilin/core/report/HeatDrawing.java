package io.qilin.core.report;

import io.qilin.core.report.SvgChart.HeatRow;
import java.util.stream.Collectors;

/** Draws a heat map: heads of the columns above, labels of the rows at the left, a value in every cell. */
final class HeatDrawing {
  private static final double TOP = 24;
  private static final double CELL = 26;
  private static final double GAP = 2;
  private static final double MOST_LABEL = 160;
  /** So that the values stay legible on the strongest colour. */
  private static final double STRONGEST = 0.62;

  private final SvgChart.HeatBuilder chart;
  private final Svg svg = new Svg();

  HeatDrawing(SvgChart.HeatBuilder chart) {
    this.chart = chart;
  }

  String draw() {
    double left = 12;
    double most = 0;
    for (HeatRow row : chart.rows) {
      left = Math.max(left, Math.min(MOST_LABEL, Svg.textWidth(row.label)) + 12);
      for (double value : row.values) {
        most = Double.isFinite(value) ? Math.max(most, Math.abs(value)) : most;
      }
    }
    double width = (Svg.WIDTH - left) / chart.columns.size();
    for (int c = 0; c < chart.columns.size(); c++) {
      double middle = left + width * (c + 0.5);
      svg.text(middle, TOP - 9, "middle", "tick", Svg.INK, chart.columns.get(c));
    }
    for (int r = 0; r < chart.rows.size(); r++) {
      drawRow(chart.rows.get(r), TOP + r * CELL, left, width, most);
    }
    return svg.wrap(chart.title, description(), TOP + chart.rows.size() * CELL);
  }

  private void drawRow(HeatRow row, double y, double left, double width, double most) {
    String label = DisplayWidth.truncate(row.label, (int) (MOST_LABEL / 7.4));
    double base = y + CELL / 2 + 4 - GAP / 2;
    svg.text(left - 10, base, "end", "tick", Svg.INK, label);
    for (int c = 0; c < row.values.length; c++) {
      double value = row.values[c];
      if (Double.isFinite(value)) {
        int colour = value < 0 ? 1 : 0;
        double strength = most == 0 ? 0 : STRONGEST * Math.abs(value) / most;
        svg.add("<rect class=\"s" + colour + "\" x=\"" + Svg.at(left + c * width) + "\" y=\""
            + Svg.at(y) + "\" width=\"" + Svg.at(width - GAP) + "\" height=\""
            + Svg.at(CELL - GAP) + "\" fill=\"" + Svg.colour(colour) + "\" fill-opacity=\""
            + NumberText.fixed(strength, 2) + "\"/>");
        svg.text(
            left + (c + 0.5) * width - GAP / 2,
            base,
            "middle",
            "cell",
            Svg.STRONG_INK,
            NumberText.signed(value, chart.decimals));
      }
    }
  }

  private String description() {
    return chart.rows.stream()
        .map(row -> row.label + ": " + cells(row))
        .collect(Collectors.joining("; ", "Cells by row: ", "."));
  }

  private String cells(HeatRow row) {
    StringBuilder out = new StringBuilder();
    for (int c = 0; c < row.values.length; c++) {
      if (Double.isFinite(row.values[c])) {
        out.append(out.isEmpty() ? "" : ", ")
            .append(chart.columns.get(c))
            .append(' ')
            .append(NumberText.signed(row.values[c], chart.decimals));
      }
    }
    return out.isEmpty() ? "nothing" : out.toString();
  }
}

package io.qilin.core.report;

import io.qilin.core.report.SvgChart.Bar;
import java.util.stream.Collectors;

/** Draws horizontal bars: labels at the left, values beyond the end of each bar. */
final class BarDrawing {
  private static final double STEP = 24;
  private static final double THICKNESS = 14;
  private static final double MOST_LABEL = 220;

  private final SvgChart.BarBuilder chart;
  private final Svg svg = new Svg();

  BarDrawing(SvgChart.BarBuilder chart) {
    this.chart = chart;
  }

  String draw() {
    double low = 0;
    double high = 0;
    double labels = 0;
    double texts = 0;
    for (Bar bar : chart.bars) {
      if (Double.isFinite(bar.value())) {
        low = Math.min(low, bar.value());
        high = Math.max(high, bar.value());
      }
      labels = Math.max(labels, Math.min(MOST_LABEL, Svg.textWidth(bar.label())));
      texts = Math.max(texts, Svg.textWidth(valueText(bar)));
    }
    double left = labels + 14 + (low < 0 ? texts + 6 : 0);
    double right = Svg.WIDTH - (high > 0 ? texts + 10 : 8);
    double scale = high > low ? (right - left) / (high - low) : 0;
    double zero = left - low * scale;
    for (int b = 0; b < chart.bars.size(); b++) {
      drawBar(chart.bars.get(b), b * STEP + 6, labels, zero, scale);
    }
    double height = chart.bars.size() * STEP + 8;
    svg.line(zero, 0, zero, height, "zero", Svg.ZERO);
    return svg.wrap(chart.title, description(), height);
  }

  private void drawBar(Bar bar, double y, double labels, double zero, double scale) {
    double base = y + THICKNESS - 3;
    int cells = (int) (MOST_LABEL / 7.4);
    svg.text(labels, base, "end", "tick", Svg.INK, DisplayWidth.truncate(bar.label(), cells));
    double length = Double.isFinite(bar.value()) ? Math.abs(bar.value()) * scale : 0;
    boolean negative = bar.value() < 0;
    int colour = negative ? 1 : 0;
    svg.add("<rect class=\"s" + colour + "\" x=\"" + Svg.at(negative ? zero - length : zero)
        + "\" y=\"" + Svg.at(y)
        + "\" width=\"" + Svg.at(length) + "\" height=\"" + Svg.at(THICKNESS) + "\" fill=\""
        + Svg.colour(colour)
        + "\"/>");
    double end = negative ? zero - length - 6 : zero + length + 6;
    svg.text(end, base, negative ? "end" : "start", "tick", Svg.INK, valueText(bar));
  }

  private String valueText(Bar bar) {
    return chart.unit.text(bar.value(), chart.decimals);
  }

  private String description() {
    return chart.description.isEmpty()
        ? chart.bars.stream()
            .map(bar -> bar.label() + " " + valueText(bar))
            .collect(Collectors.joining(", ", "Bars: ", "."))
        : chart.description;
  }
}

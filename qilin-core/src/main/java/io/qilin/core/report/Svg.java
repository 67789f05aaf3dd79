package io.qilin.core.report;

/** The pieces of SVG that the drawings share. Coordinates are in CSS pixels, one decimal. */
final class Svg {
  static final int WIDTH = 760;
  static final String INK = "#5b6470";
  static final String STRONG_INK = "#1d2127";
  static final String GRID = "#e3e5e8";
  static final String ZERO = "#9aa1ab";
  /** Told apart also by those who see few colours, and in print. */
  private static final String[] COLOURS = {
    "#2b62a8", "#c2572b", "#3c8d6e", "#8a5aa6", "#b08a1e", "#6c7683"
  };

  private final StringBuilder body = new StringBuilder();

  static String colour(int series) {
    return COLOURS[series % COLOURS.length];
  }

  static int colours() {
    return COLOURS.length;
  }

  /** Rough width of a text at 12 pixels: what a wide sans-serif needs. */
  static double textWidth(String text) {
    return text.codePoints().mapToDouble(Svg::advance).sum();
  }

  private static double advance(int c) {
    if (c > 0x7F) {
      return DisplayWidth.of(c) * 6.5;
    }
    return ".,:;|'!il ".indexOf(c) >= 0
        ? 4
        : Character.isUpperCase(c) || "mw%".indexOf(c) >= 0 ? 9 : 7.7;
  }

  static String at(double value) {
    return NumberText.fixed(value, 1);
  }

  Svg line(double x1, double y1, double x2, double y2, String cls, String colour) {
    body.append("<line class=\"")
        .append(cls)
        .append("\" x1=\"")
        .append(at(x1))
        .append("\" y1=\"")
        .append(at(y1))
        .append("\" x2=\"")
        .append(at(x2))
        .append("\" y2=\"")
        .append(at(y2))
        .append("\" stroke=\"")
        .append(colour)
        .append("\"/>\n");
    return this;
  }

  Svg text(double x, double y, String anchor, String cls, String colour, String text) {
    body.append("<text class=\"")
        .append(cls)
        .append("\" x=\"")
        .append(at(x))
        .append("\" y=\"")
        .append(at(y))
        .append("\" text-anchor=\"")
        .append(anchor)
        .append("\" fill=\"")
        .append(colour)
        .append("\">")
        .append(Markup.text(text))
        .append("</text>\n");
    return this;
  }

  Svg add(String element) {
    body.append(element).append('\n');
    return this;
  }

  /** The whole element. */
  String wrap(String title, String description, double height) {
    String id = "c" + Integer.toHexString((title + description + body).hashCode());
    return "<svg class=\"chart\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " "
        + at(height)
        + "\" width=\"" + WIDTH + "\" role=\"img\" aria-labelledby=\"" + id + "t " + id + "d\""
        + " font-family=\"system-ui, sans-serif\" font-size=\"12\">\n"
        + "<title id=\"" + id + "t\">" + Markup.text(title) + "</title>\n"
        + "<desc id=\"" + id + "d\">" + Markup.text(description) + "</desc>\n"
        + body + "</svg>\n";
  }
}

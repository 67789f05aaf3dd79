package io.qilin.core.report;

import io.qilin.core.report.TextTable.Align;
import io.qilin.core.report.TextTable.Border;
import io.qilin.core.report.TextTable.Column;
import java.util.List;

/** Sets the lines of one table. */
final class TableLines {
  private final TextTable table;
  private final List<List<String>> texts;
  private final int[] widths;
  private final Border border;

  /**
   * A table to print.
   *
   * @param texts the cells by column, cut and aligned on the decimal
   * @param widths cells of a terminal by column
   */
  TableLines(TextTable table, List<List<String>> texts, int[] widths, Border border) {
    this.table = table;
    this.texts = texts;
    this.widths = widths;
    this.border = border;
  }

  String render() {
    StringBuilder out = new StringBuilder();
    List<String> titles = table.columns().stream().map(Column::title).toList();
    if (border == Border.BOX) {
      out.append(rule("─", "┌─", "─┬─", "─┐"));
      out.append(line(titles, "│ ", " │ ", " │"));
      out.append(rule("─", "├─", "─┼─", "─┤"));
    } else {
      out.append(line(titles, "", "  ", ""));
      out.append(rule(border == Border.ASCII ? "-" : "─", "", "  ", ""));
    }
    for (int r = 0; r < table.size(); r++) {
      int row = r;
      List<String> cells = texts.stream().map(column -> column.get(row)).toList();
      out.append(border == Border.BOX ? line(cells, "│ ", " │ ", " │") : line(cells, "", "  ", ""));
    }
    if (border == Border.BOX) {
      out.append(rule("─", "└─", "─┴─", "─┘"));
    }
    return out.toString();
  }

  private String line(List<String> cells, String left, String between, String right) {
    StringBuilder out = new StringBuilder(left);
    for (int c = 0; c < widths.length; c++) {
      String blank = " ".repeat(widths[c] - DisplayWidth.of(cells.get(c)));
      boolean flushLeft = table.columns().get(c).align() == Align.LEFT;
      out.append(c == 0 ? "" : between)
          .append(flushLeft ? cells.get(c) + blank : blank + cells.get(c));
    }
    return out.append(right).toString().stripTrailing() + "\n";
  }

  private String rule(String dash, String left, String between, String right) {
    StringBuilder out = new StringBuilder(left);
    for (int c = 0; c < widths.length; c++) {
      out.append(c == 0 ? "" : between).append(dash.repeat(widths[c]));
    }
    return out.append(right).append('\n').toString();
  }
}

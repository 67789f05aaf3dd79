package io.qilin.core.report;

import io.qilin.core.report.TextTable.Align;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Writes a {@link TextTable} as an HTML table. */
final class HtmlTable {
  /** As wide as a point and as a digit when digits are set in equal widths. */
  private static final String POINT = "\u2008";

  private static final String DIGIT = "\u2007";

  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  private HtmlTable() {}

  static String of(TextTable table) {
    int columns = table.columns().size();
    List<List<String>> cells = new ArrayList<>();
    StringBuilder out = new StringBuilder("<div class=\"scroll\"><table>\n<thead><tr>");
    for (int c = 0; c < columns; c++) {
      TextTable.Column column = table.columns().get(c);
      boolean decimal = column.align() == Align.DECIMAL;
      cells.add(decimal ? DecimalColumn.align(table.cells(c), POINT, DIGIT) : table.cells(c));
      out.append("<th scope=\"col\"")
          .append(number(column))
          .append('>')
          .append(Markup.mixed(column.title()))
          .append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    for (int r = 0; r < table.size(); r++) {
      out.append("<tr>");
      for (int c = 0; c < columns; c++) {
        String cell = cells.get(c).get(r);
        String number = number(table.columns().get(c));
        out.append("<td")
            .append(number.isEmpty() && startsWithDay(cell) ? " class=\"d\"" : number)
            .append('>')
            .append(Markup.mixed(cell))
            .append("</td>");
      }
      out.append("</tr>\n");
    }
    return out.append("</tbody>\n</table></div>\n").toString();
  }

  /** A browser breaks 2024-01-02 at its hyphens where the next column is long. */
  private static boolean startsWithDay(String cell) {
    return cell.length() <= 20 && DAY.matcher(cell).lookingAt();
  }

  private static String number(TextTable.Column column) {
    return column.align() == Align.LEFT ? "" : " class=\"n\"";
  }
}

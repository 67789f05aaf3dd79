package io.qilin.core.report;

import java.util.List;

/** Pads numbers on the right until their decimal points stand in one line when the column is set flush right. */
final class DecimalColumn {
  private DecimalColumn() {}

  /**
   * The cells, padded.
   *
   * @param cells numbers as text; other text is left as it is
   * @param point what is as wide as the decimal point
   * @param digit what is as wide as a digit
   */
  static List<String> align(List<String> cells, String point, String digit) {
    int most = cells.stream()
        .filter(DecimalColumn::isNumber)
        .mapToInt(DecimalColumn::tail)
        .max()
        .orElse(0);
    return cells.stream()
        .map(cell ->
            isNumber(cell) ? cell + padding(most - tail(cell), isWhole(cell), point, digit) : cell)
        .toList();
  }

  private static String padding(int missing, boolean whole, String point, String digit) {
    if (missing <= 0) {
      return "";
    }
    return whole ? point + digit.repeat(missing - 1) : digit.repeat(missing);
  }

  private static boolean isNumber(String cell) {
    return cell.chars().anyMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isWhole(String cell) {
    return cell.indexOf('.') < 0;
  }

  /** Characters from the point on, counting the point; a percent sign stands in every cell or in none. */
  private static int tail(String cell) {
    int point = cell.lastIndexOf('.');
    return point < 0 ? 0 : cell.length() - point;
  }
}

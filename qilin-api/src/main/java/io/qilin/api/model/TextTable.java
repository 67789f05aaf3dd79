package io.qilin.api.model;

import java.util.ArrayList;
import java.util.List;

/** Lines whose columns stand below each other; long cells are cut. */
final class TextTable {
  private static final int WIDEST = 40;

  private TextTable() {}

  static String of(List<List<String>> lines) {
    List<List<String>> cells =
        lines.stream().map(line -> line.stream().map(TextTable::cut).toList()).toList();
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < cells.get(0).size(); column++) {
      int at = column;
      widths.add(cells.stream().mapToInt(line -> line.get(at).length()).max().orElse(0));
    }
    StringBuilder out = new StringBuilder();
    for (List<String> line : cells) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        String cell = line.get(column);
        text.append(cell).append(" ".repeat(widths.get(column) - cell.length() + 2));
      }
      out.append(text.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }

  private static String cut(String cell) {
    String line = cell.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
  }
}

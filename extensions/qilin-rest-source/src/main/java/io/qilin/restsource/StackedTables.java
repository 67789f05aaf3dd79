package io.qilin.restsource;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tables below each other; they need not have the same columns, nor these in the same order. Not thread-safe. */
final class StackedTables {
  /** One table, how many of its rows are left out at the beginning, and cells that all its rows have besides. */
  private record Layer(RestTable table, int skipped, Map<String, String> parts) {}

  private final String where;
  private final List<Layer> layers = new ArrayList<>();
  private int rows;

  StackedTables(String where) {
    this.where = where;
  }

  int rows() {
    return rows;
  }

  void add(RestTable table, Map<String, String> parts, int skipped) {
    rows += table.size() - skipped;
    layers.add(new Layer(table, skipped, parts));
  }

  /** Whether a table begins with the last row so far. */
  boolean continuedBy(RestTable next) {
    RestTable last = layers.get(layers.size() - 1).table();
    return next.size() > 0 && last.said(last.size() - 1).equals(next.said(0));
  }

  /** All rows. */
  RestTable table() {
    Set<String> names = new LinkedHashSet<>();
    for (Layer layer : layers) {
      names.addAll(layer.table().names());
      names.addAll(layer.parts().keySet());
    }
    RestTable all = new RestTable(List.copyOf(names), where);
    layers.forEach(layer -> copy(layer, all));
    return all;
  }

  private static void copy(Layer layer, RestTable into) {
    List<String> names = layer.table().names();
    for (int r = layer.skipped(); r < layer.table().size(); r++) {
      @Nullable String[] from = layer.table().row(r);
      @Nullable String[] cells = new @Nullable String[into.width()];
      for (int c = 0; c < from.length; c++) {
        cells[into.find(names.get(c))] = from[c];
      }
      layer.parts().forEach((name, value) -> cells[into.find(name)] = value);
      into.add(cells);
    }
  }
}

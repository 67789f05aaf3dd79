package io.qilin.data.lineage;

import java.util.List;
import java.util.Objects;

/**
 * A column of a node, and which columns of the inputs it was computed from.
 *
 * @param name the column's name
 * @param type what its cells are, for example {@code FLOAT64}
 * @param sources names of columns of the inputs; empty where it was read, not computed
 */
public record LineageColumn(String name, String type, List<String> sources) {
  /** Copies the list. */
  public LineageColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    sources = List.copyOf(sources);
  }
}

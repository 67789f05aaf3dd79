package io.qilin.data.record;

import java.util.List;
import java.util.Map;

/** What a line says, before it is known to be a record: the same for JSON and for a row of a table. */
sealed interface Tree {
  /** What a single value claims to be. */
  enum Kind {
    TEXT,
    NUMBER,
    FLAG,
    /** A cell of a table, which does not say. */
    CELL
  }

  /** A single value as it stands in the file. */
  record Leaf(Kind kind, String text) implements Tree {}

  /** Named values in the order of the file; what is null or empty there is absent here. */
  record Branch(Map<String, Tree> parts) implements Tree {}

  /** Values in order. */
  record Many(List<Tree> parts) implements Tree {}

  /** What it is, for messages. */
  default String noun() {
    if (this instanceof Leaf leaf) {
      return switch (leaf.kind()) {
        case TEXT -> "a text";
        case NUMBER -> "a number";
        case FLAG -> "true or false";
        case CELL -> "a cell";
      };
    }
    return this instanceof Branch ? "an object" : "a list";
  }
}

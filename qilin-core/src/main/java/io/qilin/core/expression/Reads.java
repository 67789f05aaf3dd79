package io.qilin.core.expression;

import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an expression needs of a panel.
 *
 * @param fields the fields that it reads
 * @param instruments the instruments that it names
 */
record Reads(SortedSet<Field> fields, SortedSet<Symbol> instruments) {
  /** What the nodes of a tree read together. */
  static Reads of(List<Node> nodes) {
    SortedSet<Field> fields = new TreeSet<>();
    SortedSet<Symbol> instruments = new TreeSet<>();
    for (Node node : nodes) {
      if (node instanceof Node.FieldValue value) {
        fields.add(value.field());
      } else if (node instanceof Node.Elsewhere elsewhere) {
        instruments.add(elsewhere.instrument());
      }
    }
    return new Reads(
        Collections.unmodifiableSortedSet(fields), Collections.unmodifiableSortedSet(instruments));
  }
}

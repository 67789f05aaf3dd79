package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.factor.Label;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.expression.Expression;
import io.qilin.core.expression.ExpressionException;
import io.qilin.core.factor.FactorEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.DoubleConsumer;

/** What the command {@code factors} computes: factors and labels, side by side in the order in which they were given. */
final class FactorColumns {
  private final List<String> names = new ArrayList<>();
  private final List<Factor> factors = new ArrayList<>();
  private final List<Label> labels = new ArrayList<>();
  /** For each column its place among the factors, or −1 − its place among the labels. */
  private final List<Integer> places = new ArrayList<>();

  private final SortedSet<Field> fields = new TreeSet<>();
  private final SortedSet<Symbol> instruments = new TreeSet<>();

  private boolean crossSectional;

  private FactorColumns() {}

  static FactorColumns of(FactorSet set) {
    FactorColumns columns = new FactorColumns();
    set.factors()
        .forEach(factor ->
            columns.add(factor.name(), factor.expression(), Expression.parse(factor.expression())));
    return columns;
  }

  /**
   * The expressions of a file.
   *
   * @throws ExpressionException naming the file, the line and the id
   */
  static FactorColumns of(List<ExpressionFile.NamedExpression> expressions) {
    FactorColumns columns = new FactorColumns();
    for (ExpressionFile.NamedExpression named : expressions) {
      try {
        columns.add(named.id(), named.text(), Expression.parse(named.text()));
      } catch (ExpressionException e) {
        throw e.of(named.place() + ", id " + QilinException.quote(named.id()));
      }
    }
    return columns;
  }

  private void add(String name, String text, Expression expression) {
    names.add(name);
    if (expression.lookAhead() > 0) {
      labels.add(new Label(name, text));
      places.add(-labels.size());
    } else {
      places.add(factors.size());
      factors.add(new Factor(name, text));
    }
    fields.addAll(expression.fields());
    instruments.addAll(expression.instruments());
    crossSectional |= expression.isCrossSectional();
  }

  /** The heads of the columns. */
  List<String> names() {
    return List.copyOf(names);
  }

  /** The columns that read the future. */
  List<String> labelNames() {
    return labels.stream().map(Label::name).toList();
  }

  /** The fields that the panel does not hold. */
  List<Field> missingFields(Panel panel) {
    return fields.stream().filter(field -> !panel.has(field)).toList();
  }

  /** The instruments that expressions name and the panel does not hold. */
  List<Symbol> missingInstruments(Panel panel) {
    return instruments.stream().filter(symbol -> panel.find(symbol).isEmpty()).toList();
  }

  /** Whether an expression reads the instrument wherever it is computed. */
  boolean names(Symbol symbol) {
    return instruments.contains(symbol);
  }

  /** Whether instruments of a day are compared with one another, so that all must be computed together. */
  boolean isCrossSectional() {
    return crossSectional;
  }

  /** The values over a panel, computed all at once. */
  Values compute(FactorEngine engine, Panel panel) {
    FactorTable factorTable =
        factors.isEmpty() ? null : engine.compute(panel, new FactorSet("columns", factors));
    LabelTable labelTable = labels.isEmpty() ? null : engine.labels(panel, labels);
    return (cells, instrument, day) -> {
      for (int place : places) {
        if (place >= 0 && factorTable != null) {
          cells.accept(factorTable.value(place, instrument, day));
        } else if (labelTable != null) {
          cells.accept(labelTable.value(-1 - place, instrument, day));
        }
      }
    };
  }

  /**
   * The values over a panel, computed day by day as a live program would.
   *
   * @throws QilinException as {@link #checkStream}
   */
  Values stream(FactorEngine engine, Panel panel) {
    checkStream();
    Cells cells = StreamedColumns.compute(panel, engine.plan(new FactorSet("columns", factors)));
    return (row, instrument, day) -> {
      for (int column = 0; column < factors.size(); column++) {
        row.accept(cells.value(column, instrument, day));
      }
    };
  }

  /**
   * Refuses labels, which a stream cannot know yet.
   *
   * @throws QilinException LOOK_AHEAD
   */
  void checkStream() {
    if (!labels.isEmpty()) {
      throw new QilinException(
          ErrorCode.LOOK_AHEAD,
          "--driver stream computes each day from what is known on it, but these columns read the future: "
              + String.join(", ", labelNames())
              + "; leave them out, or use --driver batch");
    }
  }

  /** Values by row. */
  @FunctionalInterface
  interface Values {
    /** Hands on all columns of one row, from the first to the last. */
    void row(DoubleConsumer cells, int instrument, int day);
  }

  /** Values by cell. */
  @FunctionalInterface
  interface Cells {
    /** The value of a factor for an instrument on a day of the panel. */
    double value(int column, int instrument, int day);
  }
}

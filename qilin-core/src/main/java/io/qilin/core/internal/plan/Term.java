package io.qilin.core.internal.plan;

import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.core.expression.Operator;
import java.util.List;
import java.util.Optional;

/** One calculation of a {@link Graph}; equal terms are one term. */
public sealed interface Term {
  /** The terms that it is calculated from, by number. */
  default List<Integer> inputs() {
    return List.of();
  }

  /** A number that is the same on every row. */
  record Constant(double value) implements Term {}

  /**
   * A field of the panel.
   *
   * @param instrument whose it is; empty: that of the instrument at hand
   */
  record Read(Field field, Optional<Symbol> instrument) implements Term {}

  /**
   * An operator.
   *
   * @param inputs the terms it is calculated from
   * @param parameters the window, and the level of a quantile
   */
  record Apply(Operator operator, List<Integer> inputs, List<Double> parameters) implements Term {
    /** The window; 0 if the operator has none. */
    public double window() {
      return parameters.isEmpty() ? 0 : parameters.get(0);
    }
  }
}

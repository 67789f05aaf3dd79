package io.qilin.core.factor;

import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.core.expression.Operator;
import java.util.List;
import java.util.Optional;

/** One calculation of a {@link Plan}; equal steps are one step. */
sealed interface Step {
  /** A number that is the same on every row. */
  record Constant(double value) implements Step {}

  /**
   * A field of the panel.
   *
   * @param instrument whose it is; empty: that of the instrument at hand
   */
  record Read(Field field, Optional<Symbol> instrument) implements Step {}

  /**
   * An operator.
   *
   * @param inputs the steps it is computed from
   * @param parameters the window, and the level of a quantile
   */
  record Apply(Operator operator, List<Integer> inputs, List<Double> parameters) implements Step {
    double window() {
      return parameters.isEmpty() ? 0 : parameters.get(0);
    }
  }
}

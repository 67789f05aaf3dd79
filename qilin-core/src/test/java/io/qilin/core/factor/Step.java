package io.qilin.core.factor;

import io.qilin.api.factor.FactorOperator;
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

  /** What is computed from other steps. */
  sealed interface Computed extends Step {
    /** The steps it is computed from. */
    List<Integer> inputs();
  }

  /**
   * An operator.
   *
   * @param inputs the steps it is computed from
   * @param parameters the window, and the level of a quantile
   */
  record Apply(Operator operator, List<Integer> inputs, List<Double> parameters)
      implements Computed {
    double window() {
      return parameters.isEmpty() ? 0 : parameters.get(0);
    }
  }

  /**
   * An operator of the host.
   *
   * @param inputs the steps it is computed from
   * @param parameters its constants
   * @param rows of its window
   * @param ahead how many of them lie after the row itself
   */
  record Custom(
      FactorOperator operator, List<Integer> inputs, List<Double> parameters, int rows, int ahead)
      implements Computed {}
}

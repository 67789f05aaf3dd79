package io.qilin.core.internal.plan;

import io.qilin.api.factor.FactorOperator;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.core.expression.Operator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One calculation of a {@link Graph}; equal terms are one term. The methods that compare terms are written out: to link the
 * generated ones takes tens of milliseconds, and any first computation would wait for it.
 */
public sealed interface Term {
  /** The terms that it is calculated from, by number. */
  default List<Integer> inputs() {
    return List.of();
  }

  /** A number that is the same on every row. */
  record Constant(double value) implements Term {
    @Override
    public boolean equals(Object other) {
      return other instanceof Constant that && Double.compare(value, that.value) == 0;
    }

    @Override
    public int hashCode() {
      return Double.hashCode(value);
    }
  }

  /**
   * A field of the panel.
   *
   * @param instrument whose it is; empty: that of the instrument at hand
   */
  record Read(Field field, Optional<Symbol> instrument) implements Term {
    @Override
    public boolean equals(Object other) {
      return other instanceof Read that
          && field.equals(that.field)
          && instrument.equals(that.instrument);
    }

    @Override
    public int hashCode() {
      return Objects.hash(field, instrument);
    }
  }

  /**
   * An operator.
   *
   * @param inputs the terms it is calculated from
   * @param parameters the window, and the level of a quantile
   */
  record Apply(Operator operator, List<Integer> inputs, List<Double> parameters) implements Term {
    @Override
    public boolean equals(Object other) {
      return other instanceof Apply that
          && operator == that.operator
          && inputs.equals(that.inputs)
          && parameters.equals(that.parameters);
    }

    @Override
    public int hashCode() {
      return Objects.hash(operator, inputs, parameters);
    }

    /** The window; 0 if the operator has none. */
    public double window() {
      return parameters.isEmpty() ? 0 : parameters.get(0);
    }
  }

  /**
   * An operator of the host.
   *
   * @param inputs the terms it is calculated from
   * @param parameters its constants
   * @param rows rows of its window, those of the look-ahead among them
   * @param ahead how many of them come after its own
   */
  record Custom(
      FactorOperator operator, List<Integer> inputs, List<Double> parameters, int rows, int ahead)
      implements Term {}

  /** The term with its inputs under other numbers. */
  default Term moved(int[] places) {
    List<Integer> inputs = inputs().stream().map(input -> places[input]).toList();
    if (this instanceof Apply apply) {
      return new Apply(apply.operator(), inputs, apply.parameters());
    }
    return this instanceof Custom custom
        ? new Custom(custom.operator(), inputs, custom.parameters(), custom.rows(), custom.ahead())
        : this;
  }

  /** Whether it compares the instruments of a day with one another. */
  default boolean isCrossSectional() {
    return this instanceof Apply apply && apply.operator().isCrossSectional();
  }

  /** How many rows after its own it reads. */
  default int lookAhead() {
    return this instanceof Apply apply
        ? apply.operator().lookAhead(apply.window())
        : this instanceof Custom custom ? custom.ahead() : 0;
  }

  /** About how many nanoseconds one value takes; an estimate. */
  default double cost() {
    return this instanceof Apply apply
        ? apply.operator().cost(apply.window())
        : this instanceof Custom custom ? customCost(custom) : 0;
  }

  /** What a value costs more with each row before it. */
  default double growth() {
    return this instanceof Apply apply ? apply.operator().growth(apply.window()) : 0;
  }

  private static double customCost(Custom custom) {
    return custom
        .operator()
        .cost(custom.parameters().stream().mapToDouble(Double::doubleValue).toArray());
  }
}

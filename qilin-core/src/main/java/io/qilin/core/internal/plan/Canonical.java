package io.qilin.core.internal.plan;

import io.qilin.core.expression.Operator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * One form for what can be written in several ways with the same result, bit for bit: operands of commutative operators in
 * one order, {@code a > b} as {@code b < a}, {@code Delta} as a difference, {@code Med} as a quantile, a fraction as window
 * as the exponentially weighted mean that it stands for, shifts of shifts as one.
 */
final class Canonical {
  private Canonical() {}

  /** The number of the term, made through {@code id}. */
  static int of(
      Operator operator,
      List<Integer> inputs,
      List<Double> parameters,
      List<Term> terms,
      ToIntFunction<Term> id) {
    double n = parameters.isEmpty() ? 0 : parameters.get(0);
    return switch (operator) {
      case GT -> id.applyAsInt(new Term.Apply(Operator.LT, reversed(inputs), parameters));
      case GE -> id.applyAsInt(new Term.Apply(Operator.LE, reversed(inputs), parameters));
      case ADD, MUL, AND, OR, EQ, NE, GREATER, LESS, CORR, COV ->
        id.applyAsInt(new Term.Apply(operator, sorted(inputs), parameters));
      case REF -> shift(inputs.get(0), n, terms, id);
      case DELTA ->
        id.applyAsInt(new Term.Apply(
            Operator.SUB, List.of(inputs.get(0), shift(inputs.get(0), n, terms, id)), List.of()));
      case EMA ->
        id.applyAsInt(
            n == 0 || n < 1
                ? new Term.Apply(operator, inputs, parameters)
                : new Term.Apply(operator, inputs, List.of(2 / (n + 1))));
      case MEAN, SUM, STD, VAR, MAX, MIN, COUNT ->
        id.applyAsInt(new Term.Apply(weighted(n) ? Operator.EMA : operator, inputs, parameters));
      case MED ->
        id.applyAsInt(
            weighted(n)
                ? new Term.Apply(Operator.EMA, inputs, parameters)
                : new Term.Apply(Operator.QUANTILE, inputs, List.of(n, 0.5)));
      default -> id.applyAsInt(new Term.Apply(operator, inputs, parameters));
    };
  }

  private static boolean weighted(double n) {
    return n > 0 && n < 1;
  }

  private static List<Integer> sorted(List<Integer> inputs) {
    return inputs.get(0) <= inputs.get(1) ? inputs : reversed(inputs);
  }

  private static List<Integer> reversed(List<Integer> inputs) {
    return List.of(inputs.get(1), inputs.get(0));
  }

  private static int shift(int input, double n, List<Term> terms, ToIntFunction<Term> id) {
    if (n > 0
        && terms.get(input) instanceof Term.Apply inner
        && inner.operator() == Operator.REF
        && inner.window() > 0) {
      return id.applyAsInt(
          new Term.Apply(Operator.REF, inner.inputs(), List.of(n + inner.window())));
    }
    return id.applyAsInt(new Term.Apply(Operator.REF, List.of(input), List.of(n)));
  }
}

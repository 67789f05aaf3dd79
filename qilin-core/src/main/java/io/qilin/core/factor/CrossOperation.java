package io.qilin.core.factor;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.core.expression.Operator;
import io.qilin.core.internal.kernel.RankPool;
import io.qilin.core.internal.row.CrossCalculation;
import java.util.Arrays;
import java.util.List;

/**
 * One operator that compares the instruments of a day, apart from the plan that it comes from: which columns it reads,
 * which one it makes, and the calculation. A part of a {@link FactorStage.CrossSectional}. Immutable and safe to share.
 */
public final class CrossOperation {
  private final Field result;
  private final Operator operator;
  private final List<String> operands;
  private final List<Double> parameters;

  CrossOperation(Field result, Operator operator, List<String> operands, List<Double> parameters) {
    this.result = result;
    this.operator = operator;
    this.operands = List.copyOf(operands);
    this.parameters = List.copyOf(parameters);
  }

  /** The field as which later stages read the result. */
  public Field result() {
    return result;
  }

  /** The columns that it reads, by the names that the time-series stage before gives them, in order. */
  public List<String> operands() {
    return operands;
  }

  /**
   * Computes the operator on one day.
   *
   * @param rows for each of {@link #operands} one value an instrument: of all instruments that have a row on that day, and
   *     of no others, in the ascending order of their symbols, as sums run in this order; {@code NaN} and infinities as the
   *     stage before made them. Not changed.
   * @return one value an instrument, in the same order; {@code NaN} where the operator knows none
   * @throws QilinException INVALID_ARGUMENT if there are not as many rows as operands, or if their lengths differ
   */
  public double[] compute(double[]... rows) {
    if (rows.length != operands.size()) {
      throw QilinException.invalid(
          this + " reads " + operands.size() + " rows, was given " + rows.length);
    }
    int instruments = rows[0].length;
    if (Arrays.stream(rows).anyMatch(row -> row.length != instruments)) {
      throw QilinException.invalid(
          "the rows of " + this + " must have one length, the number of instruments of the day");
    }
    double[] out = new double[instruments];
    CrossCalculation.of(operator, parameters, rows, new RankPool(instruments))
        .compute(out, instruments);
    return out;
  }

  /** For example {@code $stage_out_1 = CSScale(stage_in_1, 2.5)}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(result + " = " + operator.functionName() + "(");
    text.append(String.join(", ", operands));
    parameters.forEach(parameter -> text.append(", ").append(parameter));
    return text.append(')').toString();
  }
}

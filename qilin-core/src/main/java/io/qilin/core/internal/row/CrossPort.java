package io.qilin.core.internal.row;

import io.qilin.core.expression.Operator;
import java.util.List;

/**
 * A cross-sectional operator in one program: its operands' rows, which must be collected from all programs, and the row
 * that takes the result.
 */
public final class CrossPort {
  private final Operator operator;
  private final List<Double> parameters;
  private final List<Value> operands;
  private final Rows outside;
  private final int delay;
  private final Rows out;

  CrossPort(
      Operator operator, List<Double> parameters, List<Value> operands, Span own, int delay, Rows out) {
    this.operator = operator;
    this.parameters = parameters;
    this.operands = operands;
    this.outside = own.outside(delay);
    this.delay = delay;
    this.out = out;
  }

  /** The operator. */
  public Operator operator() {
    return operator;
  }

  /** Its constants. */
  public List<Double> parameters() {
    return parameters;
  }

  /** How many operands it has. */
  public int operandCount() {
    return operands.size();
  }

  /** Copies the values of an operand; {@code NaN} where an instrument has no row. */
  public void collect(int operand, int tick, double[] to, int offset, int count) {
    double[] row = operands.get(operand).at(tick);
    double[] absent = outside.at(tick - delay);
    for (int i = 0; i < count; i++) {
      to[offset + i] = row[i] + absent[i];
    }
  }

  /** Takes the result over. */
  public void deliver(int tick, double[] from, int offset, int count) {
    double[] row = out.write(tick);
    System.arraycopy(from, offset, row, 0, count);
    for (int i = count; i < row.length; i++) {
      row[i] = Double.NaN;
    }
  }
}

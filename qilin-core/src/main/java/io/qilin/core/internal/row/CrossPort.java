package io.qilin.core.internal.row;

import io.qilin.core.expression.Operator;
import java.util.Arrays;
import java.util.List;

/**
 * A cross-sectional operator in one program: its operands' rows, which must be collected from all programs, and the row
 * that takes the result.
 */
public final class CrossPort {
  private final Operator operator;
  private final List<Double> parameters;
  private final List<Value> operands;
  private final Span own;
  private final Rows outside;
  private final int delay;
  private final Rows out;
  /** Rows of its own, as others may be collected at the same time. */
  private double[] absent = {};

  private double[] present = {};

  CrossPort(
      Operator operator,
      List<Double> parameters,
      List<Value> operands,
      Span own,
      int delay,
      Rows out) {
    this.operator = operator;
    this.parameters = parameters;
    this.operands = operands;
    this.own = own;
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

  /**
   * Copies the values of an operand on a day; {@code NaN} where an instrument has no row.
   *
   * @param tick the first day of the row
   * @param day how many days later
   * @param places where the value of each lane goes
   */
  public void collect(int operand, int tick, int day, double[] to, int[] places) {
    double[] row = operands.get(operand).at(tick);
    double[] absent = absent(tick);
    int from = day * out.tile().lanes;
    for (int i = 0; i < places.length; i++) {
      to[places[i]] = row[from + i] + absent[from + i];
    }
  }

  private double[] absent(int tick) {
    if (out.tile().day(delay) == 0) {
      return outside.at(tick - delay);
    }
    absent = room(absent);
    return outside.before(tick, delay, absent);
  }

  private double[] room(double[] row) {
    int width = out.tile().width;
    return row.length == width ? row : new double[width];
  }

  /** The values of its first operand on all days of a row; {@code NaN} where an instrument has no row. */
  double[] values(int tick) {
    double[] row = operands.get(0).at(tick);
    if (own.everywhereIn(tick - delay)) {
      return row;
    }
    double[] absent = absent(tick);
    present = room(present);
    for (int i = 0; i < present.length; i++) {
      present[i] = row[i] + absent[i];
    }
    return present;
  }

  /** The row of results of a tick, after {@link #begin}. */
  double[] results(int tick) {
    return out.at(tick);
  }

  /** How many days a row has. */
  int days() {
    return out.tile().days;
  }

  /** Makes room for the results of a row of days. */
  public void begin(int tick) {
    out.write(tick);
  }

  /** Takes the result of a day over. */
  public void deliver(int tick, int day, double[] from, int[] places) {
    double[] row = out.at(tick);
    int lanes = out.tile().lanes;
    int first = day * lanes;
    for (int i = 0; i < places.length; i++) {
      row[first + i] = from[places[i]];
    }
    Arrays.fill(row, first + places.length, first + lanes, Double.NaN);
  }
}

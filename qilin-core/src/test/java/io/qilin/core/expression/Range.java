package io.qilin.core.expression;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorOperator;

/** An operator of a host: the larger of two series' last values, less the first of the window, ahead rows later. */
public class Range implements FactorOperator {
  /** For ServiceLoader. */
  public Range() {}

  @Override
  public String name() {
    return "Range";
  }

  @Override
  public int operands() {
    return 2;
  }

  @Override
  public int parameters() {
    return 2;
  }

  @Override
  public void check(double[] parameters) {
    if (!(parameters[0] >= 1) || parameters[1] < 0) {
      throw QilinException.invalid("Range needs N from 1 and M from 0");
    }
  }

  @Override
  public int rows(double[] parameters) {
    return (int) parameters[0] + lookAhead(parameters);
  }

  @Override
  public int lookAhead(double[] parameters) {
    return (int) parameters[1];
  }

  @Override
  public double cost(double[] parameters) {
    return 3;
  }

  @Override
  public double value(double[][] windows, int length, double[] parameters) {
    return Math.max(windows[0][length - 1], windows[1][length - 1]) - windows[0][0];
  }
}

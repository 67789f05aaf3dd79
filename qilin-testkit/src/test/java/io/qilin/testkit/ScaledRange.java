package io.qilin.testkit;

import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorOperator;

/** Largest less smallest of the values that are known, times a constant: an operator as it should be. */
class ScaledRange implements FactorOperator {
  @Override
  public String name() {
    return "ScaledRange";
  }

  @Override
  public int operands() {
    return 1;
  }

  @Override
  public int parameters() {
    return 2;
  }

  @Override
  public void check(double[] parameters) {
    if (!(parameters[0] >= 1 && parameters[0] == Math.rint(parameters[0]))) {
      throw QilinException.invalid("N must be a whole number from 1, was " + parameters[0]);
    }
  }

  @Override
  public int rows(double[] parameters) {
    return (int) parameters[0];
  }

  @Override
  public double cost(double[] parameters) {
    return 2 * parameters[0];
  }

  @Override
  public double value(double[][] windows, int length, double[] parameters) {
    double most = Double.NEGATIVE_INFINITY;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < length; i++) {
      double x = windows[0][i];
      most = Double.isFinite(x) ? Math.max(most, x) : most;
      least = Double.isFinite(x) ? Math.min(least, x) : least;
    }
    return most < least ? Double.NaN : (most - least) * parameters[1];
  }
}

package io.qilin.core.performance;

import java.util.Arrays;

/** How the returns of days make up the return of a longer time. */
public enum Compounding {
  /** Gains are reinvested: Π(1 + r) − 1. */
  COMPOUND {
    @Override
    double[] curve(double[] returns) {
      double[] curve = new double[returns.length];
      double wealth = 1;
      for (int i = 0; i < curve.length; i++) {
        wealth *= 1 + returns[i];
        curve[i] = wealth - 1;
      }
      return curve;
    }

    @Override
    double annual(double[] returns, double year) {
      return returns.length == 0
          ? Double.NaN
          : StrictMath.pow(1 + total(returns), year / returns.length) - 1;
    }

    @Override
    double perDay(double annualRate, double year) {
      return StrictMath.expm1(StrictMath.log1p(annualRate) / year);
    }

    @Override
    double start() {
      return 0;
    }

    @Override
    double fall(double level, double peak) {
      return (1 + level) / (1 + peak) - 1;
    }
  },
  /** The same amount is at work every day: Σ r. Qlib's tables are of this kind. */
  SUM {
    @Override
    double[] curve(double[] returns) {
      double[] curve = new double[returns.length];
      double sum = 0;
      for (int i = 0; i < curve.length; i++) {
        sum += returns[i];
        curve[i] = sum;
      }
      return curve;
    }

    @Override
    double annual(double[] returns, double year) {
      return Arrays.stream(returns).average().orElse(Double.NaN) * year;
    }

    @Override
    double perDay(double annualRate, double year) {
      return annualRate / year;
    }

    /** Qlib's running maximum begins with the first day, not before it. */
    @Override
    double start() {
      return Double.NEGATIVE_INFINITY;
    }

    @Override
    double fall(double level, double peak) {
      return level - peak;
    }
  };

  /** The return since the start at the end of each day. */
  abstract double[] curve(double[] returns);

  /** The return of a year of so many days; {@code NaN} without any return. */
  abstract double annual(double[] returns, double year);

  /** What an annual rate is for one day. */
  abstract double perDay(double annualRate, double year);

  /** The highest level before the first day. */
  abstract double start();

  /** How far a level lies below a peak: 0 or negative. */
  abstract double fall(double level, double peak);

  /** The return of all days; 0 without any. */
  double total(double[] returns) {
    return returns.length == 0 ? 0 : curve(returns)[returns.length - 1];
  }
}

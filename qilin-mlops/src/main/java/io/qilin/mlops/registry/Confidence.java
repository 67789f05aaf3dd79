package io.qilin.mlops.registry;

import java.util.Locale;

/**
 * How sure a one-sided bound is, with the critical values of Kiefer and Vogelsang, A new asymptotic theory for
 * heteroskedasticity-autocorrelation robust tests, Econometric Theory 21 (2005), table 1, Bartlett kernel: for a bandwidth that is
 * the part b of the sample the value is a0 + a1·b + a2·b² + a3·b³. At b = 0 it is the normal one.
 */
public enum Confidence {
  /** 90 percent. */
  PERCENT_90(0.90, 1.2816, 1.3040, 0.5135, -0.3386),
  /** 95 percent. */
  PERCENT_95(0.95, 1.6449, 2.1859, 0.3142, -0.3427),
  /** 97.5 percent. */
  PERCENT_97_5(0.975, 1.9600, 2.9694, 0.4160, -0.5324),
  /** 99 percent. */
  PERCENT_99(0.99, 2.3263, 4.1618, 0.5368, -0.9060);

  private final double level;
  private final double a0;
  private final double a1;
  private final double a2;
  private final double a3;

  Confidence(double level, double a0, double a1, double a2, double a3) {
    this.level = level;
    this.a0 = a0;
    this.a1 = a1;
    this.a2 = a2;
    this.a3 = a3;
  }

  /** As a fraction, for example 0.95. */
  public double level() {
    return level;
  }

  double criticalValue(double b) {
    return a0 + b * (a1 + b * (a2 + b * a3));
  }

  /** For example {@code 97.5 %}. */
  @Override
  public String toString() {
    String percent = String.format(Locale.ROOT, "%.1f", level * 100);
    return percent.replace(".0", "") + " %";
  }
}

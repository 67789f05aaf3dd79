package io.qilin.core.factor;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/** Statistics of one window in two passes with 60 decimal digits; windows without holes. */
final class ExactWindow {
  private static final MathContext DIGITS = new MathContext(60);

  private ExactWindow() {}

  static double std(double[] x) {
    BigDecimal n = BigDecimal.valueOf(x.length - 1L);
    return products(x, x).divide(n, DIGITS).sqrt(DIGITS).doubleValue();
  }

  static double correlation(double[] x, double[] y) {
    BigDecimal spreads = products(x, x).multiply(products(y, y)).sqrt(DIGITS);
    return products(x, y).divide(spreads, DIGITS).doubleValue();
  }

  /** Of the least-squares line through the values over their places. */
  static double slope(double[] x) {
    double[] places = places(x.length);
    return products(x, places).divide(products(places, places), DIGITS).doubleValue();
  }

  static double rsquare(double[] x) {
    double[] places = places(x.length);
    BigDecimal spreads = products(x, x).multiply(products(places, places));
    return products(x, places).pow(2).divide(spreads, DIGITS).doubleValue();
  }

  private static double[] places(int length) {
    double[] places = new double[length];
    Arrays.setAll(places, i -> i);
    return places;
  }

  /** Sum of the products of the distances from the means. */
  private static BigDecimal products(double[] x, double[] y) {
    BigDecimal meanX = mean(x);
    BigDecimal meanY = mean(y);
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < x.length; i++) {
      BigDecimal a = new BigDecimal(x[i]).subtract(meanX);
      BigDecimal b = new BigDecimal(y[i]).subtract(meanY);
      sum = sum.add(a.multiply(b), DIGITS);
    }
    return sum;
  }

  private static BigDecimal mean(double[] x) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : x) {
      sum = sum.add(new BigDecimal(value));
    }
    return sum.divide(BigDecimal.valueOf(x.length), DIGITS);
  }
}

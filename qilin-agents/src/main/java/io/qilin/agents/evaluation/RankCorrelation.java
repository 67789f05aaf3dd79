package io.qilin.agents.evaluation;

import java.util.Arrays;
import java.util.Comparator;

/** Spearman's rank correlation, ties at their mean rank. */
final class RankCorrelation {
  private RankCorrelation() {}

  /** In [−1, 1]; {@code NaN} if all values of a side are equal. */
  static double of(double[] a, double[] b) {
    double[] x = ranks(a);
    double[] y = ranks(b);
    double middle = (a.length + 1) / 2.0;
    double both = 0;
    double xs = 0;
    double ys = 0;
    for (int k = 0; k < x.length; k++) {
      both += (x[k] - middle) * (y[k] - middle);
      xs += (x[k] - middle) * (x[k] - middle);
      ys += (y[k] - middle) * (y[k] - middle);
    }
    return xs == 0 || ys == 0 ? Double.NaN : both / Math.sqrt(xs * ys);
  }

  private static double[] ranks(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, k -> k);
    Arrays.sort(order, Comparator.comparingDouble(k -> values[k]));
    double[] ranks = new double[values.length];
    for (int from = 0; from < order.length; ) {
      int to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int k = from; k < to; k++) {
        ranks[order[k]] = (from + 1 + to) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}

package io.qilin.mlops.registry;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Figures of one day that depend on the order of the scores. */
final class Ranks {
  private static final int FEWEST = 3;

  private Ranks() {}

  /** Spearman's correlation; {@code NaN} for fewer than three rows or a side that is constant. */
  static double correlation(double[] scores, double[] labels) {
    if (scores.length < FEWEST) {
      return Double.NaN;
    }
    double[] x = centredRanks(scores);
    double[] y = centredRanks(labels);
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += x[i] * x[i];
      yy += y[i] * y[i];
      xy += x[i] * y[i];
    }
    return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Double.NaN;
  }

  /** Ranks from 1 less their mean; equal values have the mean of their ranks. */
  private static double[] centredRanks(double[] values) {
    int[] order = order(values, Comparator.comparingDouble(i -> values[i]));
    double middle = (values.length + 1) / 2.0;
    double[] ranks = new double[values.length];
    int begin = 0;
    while (begin < order.length) {
      int end = begin + 1;
      while (end < order.length && values[order[end]] == values[order[begin]]) {
        end++;
      }
      for (int i = begin; i < end; i++) {
        ranks[order[i]] = (begin + end + 1) / 2.0 - middle;
      }
      begin = end;
    }
    return ranks;
  }

  static double meanOfTop(double[] scores, double[] labels, double part) {
    int count = Math.max(1, (int) Math.round(part * scores.length));
    int[] order =
        order(scores, Comparator.comparingDouble((Integer i) -> scores[i]).reversed());
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += labels[order[i]];
    }
    return sum / count;
  }

  private static int[] order(double[] values, Comparator<Integer> by) {
    return IntStream.range(0, values.length).boxed().sorted(by).mapToInt(i -> i).toArray();
  }
}

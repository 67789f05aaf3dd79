package io.qilin.core.factor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The figures of one day by their definitions, with loops over all pairs. */
final class NaiveStudy {
  private NaiveStudy() {}

  static boolean[] finite(double[] x) {
    boolean[] known = new boolean[x.length];
    for (int i = 0; i < x.length; i++) {
      known[i] = Double.isFinite(x[i]);
    }
    return known;
  }

  static List<Integer> both(double[] x, double[] y) {
    return IntStream.range(0, x.length)
        .filter(i -> Double.isFinite(x[i]) && Double.isFinite(y[i]))
        .boxed()
        .toList();
  }

  static double[] ranks(double[] x, List<Integer> members) {
    double[] ranks = new double[x.length];
    for (int i : members) {
      double below = members.stream().filter(j -> x[j] < x[i]).count();
      double equal = members.stream().filter(j -> x[j] == x[i]).count();
      ranks[i] = below + (equal + 1) / 2;
    }
    return ranks;
  }

  static double correlation(double[] x, double[] y, List<Integer> members) {
    double meanX = members.stream().mapToDouble(i -> x[i]).average().orElse(Double.NaN);
    double meanY = members.stream().mapToDouble(i -> y[i]).average().orElse(Double.NaN);
    double xx =
        members.stream().mapToDouble(i -> (x[i] - meanX) * (x[i] - meanX)).sum();
    double yy =
        members.stream().mapToDouble(i -> (y[i] - meanY) * (y[i] - meanY)).sum();
    double xy =
        members.stream().mapToDouble(i -> (x[i] - meanX) * (y[i] - meanY)).sum();
    boolean flat = members.stream().mapToDouble(i -> x[i]).distinct().count() < 2
        || members.stream().mapToDouble(i -> y[i]).distinct().count() < 2;
    return flat ? Double.NaN : xy / Math.sqrt(xx * yy);
  }

  static double rankCorrelation(double[] x, double[] y) {
    List<Integer> members = both(x, y);
    return correlation(ranks(x, members), ranks(y, members), members);
  }

  /** Ranks less the mean of their group; {@code NaN} where nothing is left. */
  static double neutral(double[] x, double[] y, int[] groups) {
    List<Integer> members = both(x, y);
    double[] a = ranks(x, members);
    double[] b = ranks(y, members);
    List<Integer> grouped = members.stream().filter(i -> groups[i] >= 0).toList();
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i : grouped) {
      List<Integer> own = grouped.stream().filter(j -> groups[j] == groups[i]).toList();
      double da = a[i] - own.stream().mapToDouble(j -> a[j]).average().orElseThrow();
      double db = b[i] - own.stream().mapToDouble(j -> b[j]).average().orElseThrow();
      xx += da * da;
      yy += db * db;
      xy += da * db;
    }
    return xx < 1e-9 || yy < 1e-9 ? Double.NaN : xy / Math.sqrt(xx * yy);
  }

  /** Members of each group by factor. */
  static List<List<Integer>> groups(double[] x, int count) {
    List<Integer> members = both(x, x);
    double[] ranks = ranks(x, members);
    List<List<Integer>> groups = new ArrayList<>();
    for (int g = 0; g < count; g++) {
      int group = g;
      groups.add(
          members.size() < count
              ? List.of()
              : members.stream()
                  .filter(i -> (int) Math.floor((ranks[i] - 0.5) * count / members.size()) == group)
                  .toList());
    }
    return groups;
  }

  static double mean(double[] y, List<Integer> members) {
    return members.stream()
        .mapToDouble(i -> y[i])
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }
}

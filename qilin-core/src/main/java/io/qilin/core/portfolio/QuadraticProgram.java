package io.qilin.core.portfolio;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Minimises ½ x'Qx + c'x over lower ≤ x ≤ upper, sums that equal a number, and sums that are at
 * most a number. Q may be singular. Variables without room are taken out before {@link
 * InteriorPoint} solves the rest.
 */
final class QuadraticProgram {
  /** A bound may leave this much room and still count as a fixed value. */
  private static final double NO_ROOM = 1e-12;

  /** A weighted sum of the variables and what it equals or is at most. */
  static final class Row {
    final double[] factors;
    final double value;

    /** Takes the array over. */
    Row(double[] factors, double value) {
      this.factors = factors;
      this.value = value;
    }
  }

  private final double[] q;
  private final double[] c;
  private final double[] lower;
  private final double[] upper;
  private final List<Row> equal;
  private final List<Row> atMost;

  /** Takes the arrays over; q is row by row. */
  QuadraticProgram(
      double[] q, double[] c, double[] lower, double[] upper, List<Row> equal, List<Row> atMost) {
    this.q = q;
    this.c = c;
    this.lower = lower;
    this.upper = upper;
    this.equal = List.copyOf(equal);
    this.atMost = List.copyOf(atMost);
  }

  /** The minimum. A point inside all bounds that meets all rows must exist. */
  double[] solve() {
    int n = c.length;
    double[] x = lower.clone();
    int[] free =
        IntStream.range(0, n).filter(i -> upper[i] - lower[i] > NO_ROOM).toArray();
    if (free.length == 0) {
      return x;
    }
    double[] fixed = lower.clone();
    for (int i : free) {
      fixed[i] = 0;
    }
    double[] pull = Vectors.times(q, fixed);
    int m = free.length;
    double[] freeQ = new double[m * m];
    double[] freeC = new double[m];
    for (int a = 0; a < m; a++) {
      freeC[a] = c[free[a]] + pull[free[a]];
      for (int b = 0; b < m; b++) {
        freeQ[a * m + b] = q[free[a] * n + free[b]];
      }
    }
    double[] solved = new InteriorPoint(
            freeQ,
            freeC,
            pick(lower, free),
            pick(upper, free),
            reduced(equal, free, fixed),
            reduced(atMost, free, fixed))
        .solve();
    for (int a = 0; a < m; a++) {
      x[free[a]] = solved[a];
    }
    return x;
  }

  private static double[] pick(double[] values, int[] places) {
    return IntStream.of(places).mapToDouble(i -> values[i]).toArray();
  }

  private static List<Row> reduced(List<Row> rows, int[] free, double[] fixed) {
    List<Row> out = new ArrayList<>();
    for (Row row : rows) {
      double[] factors = pick(row.factors, free);
      if (Vectors.largest(factors) > 0) {
        out.add(new Row(factors, row.value - Vectors.dot(row.factors, fixed)));
      }
    }
    return out;
  }
}

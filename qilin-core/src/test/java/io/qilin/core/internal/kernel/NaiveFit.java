package io.qilin.core.internal.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Least squares as in a textbook: normal equations solved by elimination. */
final class NaiveFit {
  private NaiveFit() {}

  /** What the columns, an intercept or indicators among them, leave of x; rows with a missing entry are left out. */
  static double[] residuals(double[] x, List<double[]> columns, int n) {
    int[] rows = IntStream.range(0, n)
        .filter(i -> Double.isFinite(x[i]))
        .filter(i -> columns.stream().allMatch(column -> Double.isFinite(column[i])))
        .toArray();
    int p = columns.size();
    double[][] equations = new double[p][p + 1];
    for (int row : rows) {
      for (int a = 0; a < p; a++) {
        for (int b = 0; b < p; b++) {
          equations[a][b] += columns.get(a)[row] * columns.get(b)[row];
        }
        equations[a][p] += columns.get(a)[row] * x[row];
      }
    }
    double[] coefficients = solve(equations);
    double[] out = new double[n];
    Arrays.fill(out, Double.NaN);
    for (int row : rows) {
      out[row] = x[row];
      for (int a = 0; a < p; a++) {
        out[row] -= coefficients[a] * columns.get(a)[row];
      }
    }
    return out;
  }

  private static double[] solve(double[][] equations) {
    int p = equations.length;
    for (int step = 0; step < p; step++) {
      int pivot = step;
      for (int row = step + 1; row < p; row++) {
        pivot = Math.abs(equations[row][step]) > Math.abs(equations[pivot][step]) ? row : pivot;
      }
      double[] swapped = equations[step];
      equations[step] = equations[pivot];
      equations[pivot] = swapped;
      for (int row = 0; row < p; row++) {
        double factor = equations[row][step] / equations[step][step];
        for (int k = step; row != step && k <= p; k++) {
          equations[row][k] -= factor * equations[step][k];
        }
      }
    }
    double[] solution = new double[p];
    Arrays.setAll(solution, i -> equations[i][p] / equations[i][i]);
    return solution;
  }
}

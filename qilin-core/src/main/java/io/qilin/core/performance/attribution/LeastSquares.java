package io.qilin.core.performance.attribution;

/**
 * Coefficients of a least-squares fit, by modified Gram–Schmidt done twice; no normal equations are formed. A column of
 * which the columns before it leave at most 1e-7 explains nothing new and has the coefficient 0, as R's lm leaves it out.
 */
final class LeastSquares {
  private static final double COLLINEAR = 1e-7;

  private LeastSquares() {}

  /**
   * Fits.
   *
   * @param columns one array a coefficient, all as long as the values; overwritten
   * @param values what is to be explained; overwritten by what is left
   */
  static double[] fit(double[][] columns, double[] values) {
    int count = columns.length;
    double[][] triangle = new double[count][count];
    boolean[] used = new boolean[count];
    double[] shares = new double[count];
    for (int c = 0; c < count; c++) {
      double before = Math.sqrt(dot(columns[c], columns[c]));
      for (int pass = 0; pass < 2; pass++) {
        for (int e = 0; e < c; e++) {
          if (used[e]) {
            triangle[e][c] += take(columns[e], columns[c]);
          }
        }
      }
      double left = Math.sqrt(dot(columns[c], columns[c]));
      used[c] = left > COLLINEAR * before;
      if (used[c]) {
        triangle[c][c] = left;
        for (int i = 0; i < values.length; i++) {
          columns[c][i] /= left;
        }
        shares[c] = take(columns[c], values);
      }
    }
    double[] coefficients = new double[count];
    for (int c = count - 1; c >= 0; c--) {
      double sum = shares[c];
      for (int e = c + 1; e < count; e++) {
        sum -= triangle[c][e] * coefficients[e];
      }
      coefficients[c] = used[c] ? sum / triangle[c][c] : 0;
    }
    return coefficients;
  }

  /** Takes the part along a unit row out of a row, and tells how long it was. */
  private static double take(double[] unit, double[] row) {
    double part = dot(unit, row);
    for (int i = 0; i < row.length; i++) {
      row[i] -= part * unit[i];
    }
    return part;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}

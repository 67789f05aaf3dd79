package io.qilin.mlops.training;

/**
 * The triangle R of the QR decomposition of a matrix that has any number of rows, a handful of them at a time: each handful is
 * reflected into the triangle of those before. As accurate as Householder's decomposition of the whole, with the memory of a
 * square. Source: Golub and Van Loan, "Matrix computations", 5.1 and 6.5.3.
 */
final class HouseholderRows {
  private final int width;
  private final double[][] triangle;
  private final double[] products;

  HouseholderRows(int width) {
    this.width = width;
    this.triangle = new double[width][width];
    this.products = new double[width];
  }

  /** The triangle, which is this object's own. */
  double[][] triangle() {
    return triangle;
  }

  /** Takes rows in; they are used up. */
  void add(double[][] rows, int count) {
    for (int k = 0; k < width; k++) {
      double below = 0;
      for (int i = 0; i < count; i++) {
        below += rows[i][k] * rows[i][k];
      }
      if (below > 0) {
        reflect(rows, count, k, below);
      }
    }
  }

  private void reflect(double[][] rows, int count, int k, double below) {
    double[] top = triangle[k];
    double norm = Math.sqrt(top[k] * top[k] + below);
    double diagonal = top[k] > 0 ? -norm : norm;
    double head = top[k] - diagonal;
    double scale = 2 / (head * head + below);
    for (int j = k + 1; j < width; j++) {
      products[j] = head * top[j];
    }
    for (int i = 0; i < count; i++) {
      add(products, rows[i], rows[i][k], k + 1);
    }
    add(top, products, -scale * head, k + 1);
    for (int i = 0; i < count; i++) {
      add(rows[i], products, -scale * rows[i][k], k + 1);
    }
    top[k] = diagonal;
  }

  /** Adds a multiple of a row to another, from a column on. */
  private static void add(double[] to, double[] row, double factor, int from) {
    for (int j = from; j < to.length; j++) {
      to[j] += factor * row[j];
    }
  }
}

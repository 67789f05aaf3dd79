package io.qilin.core.portfolio;

/** Sums in natural order over small dense vectors. */
final class Vectors {
  private Vectors() {}

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** A square matrix, row by row, times a vector. */
  static double[] times(double[] matrix, double[] vector) {
    int n = vector.length;
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += matrix[i * n + j] * vector[j];
      }
      out[i] = sum;
    }
    return out;
  }

  static double largest(double[] vector) {
    double out = 0;
    for (double value : vector) {
      out = Math.max(out, Math.abs(value));
    }
    return out;
  }
}

package io.qilin.core.portfolio;

import java.util.Optional;

/** A = L·Lᵀ of a symmetric positive definite matrix, to solve equations with it. */
final class Cholesky {
  private final double[] lower;
  private final int size;

  private Cholesky(double[] lower, int size) {
    this.lower = lower;
    this.size = size;
  }

  /**
   * Factors a matrix.
   *
   * @param matrix row by row; overwritten
   * @return empty if it is not positive definite
   */
  static Optional<Cholesky> of(double[] matrix, int size) {
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i * size + j];
        for (int k = 0; k < j; k++) {
          sum -= matrix[i * size + k] * matrix[j * size + k];
        }
        if (i > j) {
          matrix[i * size + j] = sum / matrix[j * size + j];
        } else if (sum > 0 && sum < Double.POSITIVE_INFINITY) {
          matrix[i * size + i] = Math.sqrt(sum);
        } else {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new Cholesky(matrix, size));
  }

  /** The x with A·x = right. */
  double[] solve(double[] right) {
    double[] x = right.clone();
    for (int i = 0; i < size; i++) {
      double sum = x[i];
      for (int k = 0; k < i; k++) {
        sum -= lower[i * size + k] * x[k];
      }
      x[i] = sum / lower[i * size + i];
    }
    for (int i = size - 1; i >= 0; i--) {
      x[i] /= lower[i * size + i];
      for (int k = 0; k < i; k++) {
        x[k] -= lower[i * size + k] * x[i];
      }
    }
    return x;
  }
}

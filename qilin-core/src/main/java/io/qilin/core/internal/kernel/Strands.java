package io.qilin.core.internal.kernel;

/** Sums of products over the first entries of arrays, in four strands so that the processor need not wait for each sum. */
final class Strands {
  private Strands() {}

  /** Σ a b. */
  static double dot(double[] a, double[] b, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < n; i++) {
      s0 += a[i] * b[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** √Σ a². */
  static double norm(double[] a, int n) {
    return Math.sqrt(dot(a, a, n));
  }

  /** a − factor b, in place. */
  static void subtract(double[] a, double factor, double[] b, int n) {
    for (int i = 0; i < n; i++) {
      a[i] -= factor * b[i];
    }
  }

  /** a / divisor, in place. */
  static void divide(double[] a, double divisor, int n) {
    for (int i = 0; i < n; i++) {
      a[i] /= divisor;
    }
  }
}

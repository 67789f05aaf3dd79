package io.qilin.core.factor;

/** When two calculations of one value agree. */
final class Closeness {
  private Closeness() {}

  /** Whether both are {@code NaN}, equal, or differ by at most the tolerance times the larger of their sizes and 1. */
  static boolean isClose(double a, double b, double tolerance) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Double.isNaN(a) && Double.isNaN(b);
    }
    double size = Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    return a == b || (Double.isFinite(size) && Math.abs(a - b) <= tolerance * size);
  }
}

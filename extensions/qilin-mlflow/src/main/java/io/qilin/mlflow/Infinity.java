package io.qilin.mlflow;

/**
 * Numbers that are no JSON, as MLflow writes them. Its database holds the largest double instead of an infinity, so that one reads
 * as infinite, and {@link Words#requireKept} refuses the largest double itself.
 */
final class Infinity {
  private Infinity() {}

  static double read(double stored) {
    return Math.abs(stored) == Double.MAX_VALUE
        ? Math.copySign(Double.POSITIVE_INFINITY, stored)
        : stored;
  }
}

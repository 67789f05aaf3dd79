package io.qilin.mlops.dataset;

/** The formulas of the processors, on the first values of a column. Sums run in the order of the rows. */
final class Formulas {
  /** What makes the median absolute deviation of normal values their standard deviation. */
  static final double MAD_TO_STD = 1.4826;

  private static final double MOST = 3;

  private Formulas() {}

  static void fill(double[] column, int rows, double value) {
    for (int i = 0; i < rows; i++) {
      if (Double.isNaN(column[i])) {
        column[i] = value;
      }
    }
  }

  /** Of the values that are known; NaN if none is. */
  static double mean(double[] column, int rows) {
    double sum = 0;
    int known = 0;
    for (int i = 0; i < rows; i++) {
      if (!Double.isNaN(column[i])) {
        sum += column[i];
        known++;
      }
    }
    return sum / known;
  }

  static void replaceInfinite(double[] column, int rows) {
    double sum = 0;
    int finite = 0;
    boolean infinite = false;
    for (int i = 0; i < rows; i++) {
      double value = column[i];
      if (Double.isInfinite(value)) {
        infinite = true;
      } else if (!Double.isNaN(value)) {
        sum += value;
        finite++;
      }
    }
    if (infinite) {
      double mean = sum / finite;
      for (int i = 0; i < rows; i++) {
        if (Double.isInfinite(column[i])) {
          column[i] = mean;
        }
      }
    }
  }

  static void zScore(double[] column, int rows) {
    double mean = mean(column, rows);
    double squares = 0;
    int known = 0;
    for (int i = 0; i < rows; i++) {
      if (!Double.isNaN(column[i])) {
        double off = column[i] - mean;
        squares += off * off;
        known++;
      }
    }
    double deviation = known < 2 ? Double.NaN : Math.sqrt(squares / (known - 1));
    for (int i = 0; i < rows; i++) {
      column[i] = (column[i] - mean) / deviation;
    }
  }

  static void robustZScore(double[] column, int rows, double[] scratch) {
    double median = Medians.of(scratch, copyKnown(column, rows, scratch));
    int known = 0;
    for (int i = 0; i < rows; i++) {
      column[i] -= median;
      if (!Double.isNaN(column[i])) {
        scratch[known++] = Math.abs(column[i]);
      }
    }
    double spread = Medians.of(scratch, known);
    for (int i = 0; i < rows; i++) {
      column[i] = clipped(column[i] / spread / MAD_TO_STD);
    }
  }

  /** Within ±3; NaN stays. */
  static double clipped(double value) {
    return Math.min(MOST, Math.max(-MOST, value));
  }

  static void tanh(double[] column, int rows) {
    for (int i = 0; i < rows; i++) {
      column[i] = StrictMath.tanh(column[i] - 1);
    }
  }

  /** Copies what is known; gives how many. */
  private static int copyKnown(double[] column, int rows, double[] to) {
    int known = 0;
    for (int i = 0; i < rows; i++) {
      if (!Double.isNaN(column[i])) {
        to[known++] = column[i];
      }
    }
    return known;
  }
}

package io.qilin.mlops.drift;

/**
 * The two-sample test of Kolmogorov and Smirnov: how far two distributions are apart at most.
 *
 * <p>With n and m the effective sizes and e = √(n·m/(n+m)), the p-value is Q((e + 0.12 + 0.11/e)·D), Q(x) = 2·Σ (−1)^(k−1)·
 * exp(−2k²x²) (Stephens 1970; good from about four values a side). With ties it errs on the side of no drift. It holds for
 * independent values; see {@link ColumnSample#effectiveSize}.
 *
 * @param statistic D, the largest distance of the two shares of values up to x, in [0, 1]; an effect size
 * @param pValue chance of a distance as large without drift
 */
public record KolmogorovSmirnov(double statistic, double pValue) {
  private static final int TERMS = 100;

  /** Compares; both figures are {@code NaN} if one side has no known value. */
  public static KolmogorovSmirnov of(ColumnSample reference, ColumnSample current) {
    if (reference.size() == 0 || current.size() == 0) {
      return new KolmogorovSmirnov(Double.NaN, Double.NaN);
    }
    double distance = distance(reference, current);
    double n = reference.testSize();
    double m = current.testSize();
    double e = Math.sqrt(n * m / (n + m));
    return new KolmogorovSmirnov(distance, survival((e + 0.12 + 0.11 / e) * distance));
  }

  private static double distance(ColumnSample a, ColumnSample b) {
    double most = 0;
    int i = 0;
    int j = 0;
    while (i < a.size() && j < b.size()) {
      double x = Math.min(a.at(i), b.at(j));
      while (i < a.size() && a.at(i) == x) {
        i++;
      }
      while (j < b.size() && b.at(j) == x) {
        j++;
      }
      most = Math.max(most, Math.abs(i / (double) a.size() - j / (double) b.size()));
    }
    return most;
  }

  /** Q. */
  static double survival(double x) {
    // Below this the sum does not converge in doubles, and Q differs from 1 by less than 1e-12.
    if (x < 0.2) {
      return 1;
    }
    double sum = 0;
    double sign = 1;
    for (int k = 1; k <= TERMS; k++) {
      double term = StrictMath.exp(-2.0 * k * k * x * x);
      sum += sign * term;
      sign = -sign;
      if (term < 1e-18) {
        break;
      }
    }
    return Math.max(0, Math.min(1, 2 * sum));
  }
}

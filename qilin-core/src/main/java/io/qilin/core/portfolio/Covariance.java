package io.qilin.core.portfolio;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * How the returns of shares vary together, per period of the returns (a day, if those are daily).
 * Symmetric, finite, no negative variance. Immutable and safe to share.
 */
public final class Covariance {
  private static final double ASYMMETRY = 1e-9;

  private final List<Symbol> symbols;
  private final double[] values;

  private Covariance(List<Symbol> symbols, double[] values) {
    this.symbols = symbols;
    this.values = values;
  }

  /**
   * A covariance from its matrix.
   *
   * @param symbols the shares, strictly ascending, at least one
   * @param matrix row by row; the mean of the two values of a pair is taken
   * @throws QilinException INVALID_ARGUMENT for shares that do not ascend, a matrix of another
   *     size, a value that is not finite, a negative variance, or a pair whose two values differ
   */
  public static Covariance of(List<Symbol> symbols, double[][] matrix) {
    int n = symbols.size();
    if (n == 0 || matrix.length != n) {
      throw QilinException.invalid("a covariance of " + n + " shares has as many rows and at least"
          + " one, got " + matrix.length);
    }
    double[] flat = new double[n * n];
    for (int i = 0; i < n; i++) {
      if (matrix[i].length != n) {
        throw QilinException.invalid(
            "row " + i + " of the covariance has " + matrix[i].length + " values, not " + n);
      }
      System.arraycopy(matrix[i], 0, flat, i * n, n);
    }
    return ofFlat(List.copyOf(symbols), flat);
  }

  /** Takes the array over. */
  static Covariance ofFlat(List<Symbol> symbols, double[] flat) {
    int n = symbols.size();
    for (int i = 1; i < n; i++) {
      if (symbols.get(i).compareTo(symbols.get(i - 1)) <= 0) {
        throw QilinException.invalid("shares of a covariance ascend, but " + symbols.get(i)
            + " follows " + symbols.get(i - 1));
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double a = flat[i * n + j];
        double b = flat[j * n + i];
        if (!Double.isFinite(a) || !Double.isFinite(b) || (i == j && a < 0)) {
          throw QilinException.invalid("the covariance of " + symbols.get(i) + " and "
              + symbols.get(j) + " is a finite number, for one share not negative; was " + a);
        }
        if (Math.abs(a - b) > ASYMMETRY * Math.max(Math.abs(a), Math.abs(b))) {
          throw QilinException.invalid("the covariance of " + symbols.get(i) + " and "
              + symbols.get(j) + " is " + a + " in one place and " + b + " in the other");
        }
        flat[i * n + j] = (a + b) / 2;
        flat[j * n + i] = flat[i * n + j];
      }
    }
    return new Covariance(symbols, flat);
  }

  /** The shares, sorted. */
  public List<Symbol> symbols() {
    return symbols;
  }

  /** The covariance of the shares at two places. */
  public double value(int i, int j) {
    Objects.checkIndex(j, symbols.size());
    return values[i * symbols.size() + j];
  }

  /**
   * The standard deviation of the return of a share.
   *
   * @throws QilinException DATA_NOT_FOUND if it is not in here
   */
  public double volatility(Symbol symbol) {
    int at = Collections.binarySearch(symbols, symbol);
    if (at < 0) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          symbol + " is not among the " + symbols.size() + " shares of the covariance");
    }
    return Math.sqrt(value(at, at));
  }

  /** The variance of the return of a portfolio; shares that are not in here count as cash. */
  public double variance(TargetWeights weights) {
    double[] w = symbols.stream().mapToDouble(weights::of).toArray();
    return Vectors.dot(w, times(w));
  }

  /** The matrix times a vector. */
  double[] times(double[] vector) {
    return Vectors.times(values, vector);
  }

  /** A copy, row by row. */
  double[] flat() {
    return values.clone();
  }

  /** For example {@code Covariance[30 shares]}. */
  @Override
  public String toString() {
    return "Covariance[" + symbols.size() + " shares]";
  }
}

package io.qilin.core.internal.kernel;

import java.util.Arrays;

/**
 * What is left of a row of instruments after its group means and a least-squares fit on other rows. An instrument is left
 * out, and gets {@code NaN}, if its value, its group or one of its exposures is {@code NaN} or infinite.
 *
 * <p>All rows are measured from the means of their groups first, which makes the fit the one with an indicator of each
 * group beside the exposures (Frisch and Waugh, Econometrica 1933; Lovell, JASA 1963). The exposures are then made
 * orthonormal one after the other, by modified Gram–Schmidt done twice, which keeps them orthogonal to rounding (Giraud,
 * Langou and Rozložník, Numer. Math. 2005), and taken out of the row in the same way. No normal equations are formed, so
 * the condition of the exposures is not squared.
 *
 * <p>Exposures that explain nothing new are left out in the order in which they are given: those whose spread within
 * groups is at most 1e-12 of their size, and those of which the exposures before them leave at most 1e-7, as in R's lm. What
 * the fit leaves is exactly 0 if it is at most 1e-12 of the row's spread, as where there are no more instruments than
 * coefficients; an instrument alone in its group has exactly 0.
 *
 * <p>Sums run over the instruments in their order, products in four strands: another order may change the last digits.
 * Rows are scaled by powers of two, so that no square overflows. An instance works for one thread and allocates nothing
 * after it was made. The result may be written over a row that it is computed from.
 */
public final class CrossRegression {
  private static final double CONSTANT = 1e-12;
  private static final double COLLINEAR = 1e-7;
  private static final double EXACT = 1e-12;

  private final RowGroups groups;
  private final int[] places;
  private final int[] group;
  private final double[] rest;
  private final double[][] basis;
  private final double[] origins;
  private final double[] sums;
  private final int[] members;

  /**
   * For rows of up to so many instruments.
   *
   * @param width the most instruments
   * @param exposures the most exposures, 0 or more
   */
  public CrossRegression(int width, int exposures) {
    groups = new RowGroups(width);
    places = new int[width];
    group = new int[width];
    rest = new double[width];
    basis = new double[exposures][width];
    origins = new double[width];
    sums = new double[width];
    members = new int[width];
  }

  /**
   * What group means and a fit on exposures within groups leave.
   *
   * @param g the code of each instrument's group
   * @param exposures rows to fit on; none: group means only
   * @param n how many instruments there are; what lies behind is neither read nor written
   */
  public void neutralize(double[] x, double[] g, double[][] exposures, double[] out, int n) {
    groups.assign(g, n);
    fit(x, exposures, out, n, choose(x, exposures, n));
  }

  /**
   * What a fit with intercept leaves.
   *
   * @param exposures rows to fit on
   * @param n how many instruments there are; what lies behind is neither read nor written
   */
  public void residual(double[] x, double[][] exposures, double[] out, int n) {
    groups.assignOne(n);
    fit(x, exposures, out, n, choose(x, exposures, n));
  }

  /** Lists the instruments of which all is known; returns how many they are. */
  private int choose(double[] x, double[][] exposures, int n) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      int number = groups.of(i);
      places[count] = i;
      group[count] = number;
      boolean known = number != RowGroups.NONE && Double.isFinite(x[i]) && isKnown(exposures, i);
      count += known ? 1 : 0;
    }
    return count;
  }

  private static boolean isKnown(double[][] exposures, int i) {
    for (double[] exposure : exposures) {
      if (!Double.isFinite(exposure[i])) {
        return false;
      }
    }
    return true;
  }

  private void fit(double[] x, double[][] exposures, double[] out, int n, int count) {
    int kept = 0;
    for (double[] exposure : exposures) {
      kept += isNew(exposure, kept, count) ? 1 : 0;
    }
    double scale = load(x, rest, count);
    center(rest, count);
    boolean exact = kept > 0 && isExplained(kept, count);
    Arrays.fill(out, 0, n, Double.NaN);
    for (int i = 0; i < count; i++) {
      out[places[i]] = exact ? 0 : rest[i] / scale;
    }
  }

  /** Takes the basis out of the row; whether nothing is left but rounding. */
  private boolean isExplained(int kept, int count) {
    double spread = Strands.norm(rest, count);
    takeOut(rest, kept, count);
    return Strands.norm(rest, count) <= EXACT * spread;
  }

  /** Puts an exposure into the basis, unless it explains nothing that those before it do not. */
  private boolean isNew(double[] exposure, int kept, int count) {
    double[] column = basis[kept];
    load(exposure, column, count);
    double size = Strands.norm(column, count);
    center(column, count);
    double spread = Strands.norm(column, count);
    if (spread <= CONSTANT * size) {
      return false;
    }
    Strands.divide(column, spread, count);
    takeOut(column, kept, count);
    double left = Strands.norm(column, count);
    if (left <= COLLINEAR) {
      return false;
    }
    Strands.divide(column, left, count);
    return true;
  }

  private void takeOut(double[] row, int kept, int count) {
    for (int i = 0; i < 2 * kept; i++) {
      double[] direction = basis[i % kept];
      Strands.subtract(row, Strands.dot(row, direction, count), direction, count);
    }
  }

  /** Copies the instruments that take part; returns the power of two by which they were multiplied. */
  private double load(double[] from, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = from[places[i]];
    }
    double scale = Magnitude.forSquares(Magnitude.largest(to, count));
    for (int i = 0; scale != 1 && i < count; i++) {
      to[i] *= scale;
    }
    return scale;
  }

  /** Measures the row from the means of its groups. */
  private void center(double[] row, int count) {
    Arrays.fill(members, 0, groups.size(), 0);
    for (int i = 0; i < count; i++) {
      int g = group[i];
      if (members[g]++ == 0) {
        origins[g] = row[i];
        sums[g] = 0;
      }
      row[i] -= origins[g];
      sums[g] += row[i];
    }
    int size = groups.size();
    for (int g = 0; g < size; g++) {
      sums[g] /= members[g];
    }
    for (int i = 0; i < count; i++) {
      row[i] -= sums[group[i]];
    }
  }
}

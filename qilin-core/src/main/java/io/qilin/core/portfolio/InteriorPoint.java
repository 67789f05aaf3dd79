package io.qilin.core.portfolio;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.portfolio.QuadraticProgram.Row;
import java.util.List;
import java.util.Optional;

/**
 * A primal-dual interior point method for convex quadratic programs with bounds on every variable
 * and few rows: Mehrotra's predictor and corrector, and where that stalls a plain step.
 *
 * <p>The variables x stay strictly between their bounds. Each bound has a price (zl, zu), each sum
 * at most h has a slack s and a price w, each sum equal to b a price y. At the optimum Qx + c − A'y
 * + G'w − zl + zu = 0, the rows hold, and every price or its room is 0; a step is Newton's towards
 * that, with the products of prices and rooms kept at a common value μ that falls to 0. As every
 * variable has two bounds, the matrix of a step is positive definite even where Q is singular.
 *
 * <p>Source: S. Mehrotra, On the implementation of a primal-dual interior point method, SIAM J.
 * Optimization 2 (1992); J. Nocedal and S. Wright, Numerical Optimization, 2nd ed., 16.6.
 *
 * <p>For one use.
 */
final class InteriorPoint {
  private static final int MOST_STEPS = 100;
  /** An error of this size ends the search. */
  private static final double REACHED = 1e-12;
  /** What a result must reach: the method may stop at the limits of rounding. */
  private static final double GOOD_ENOUGH = 1e-8;
  /** So many steps without a smaller error end the search, once the error is good enough. */
  private static final int PATIENCE = 5;
  /** A step that leaves more than this of the gap is followed by a plain one. */
  private static final double SLOW = 0.5;
  /** What a plain step is to leave of the gap. */
  private static final double CENTRED = 0.2;
  /** A row is met up to rounding; to correct it further would spoil the prices. */
  private static final double ROUNDING = 1e-13;
  /** The scaled objective counts as no smaller than this. */
  private static final double LEAST_OBJECTIVE = 1e-3;
  /** Closer to its bound than this and with a higher price than room, a variable is on it. */
  private static final double SNAP = 1e-7;

  private final int n;
  private final double[] q;
  private final double[] c;
  private final double[] lower;
  private final double[] upper;
  private final List<Row> equal;
  private final List<Row> atMost;

  private final double[] x;
  /** The rooms x − lower and upper − x, carried along, as a difference would lose their digits. */
  private final double[] below;

  private final double[] above;
  private final double[] zl;
  private final double[] zu;
  private final double[] y;
  private final double[] s;
  private final double[] w;
  /** The gap before the last step. */
  private double gapBefore = Double.POSITIVE_INFINITY;

  /** Takes the arrays over and scales q and c. */
  InteriorPoint(
      double[] q, double[] c, double[] lower, double[] upper, List<Row> equal, List<Row> atMost) {
    n = c.length;
    this.q = q;
    this.c = c;
    this.lower = lower;
    this.upper = upper;
    this.equal = equal;
    this.atMost = atMost;
    double scale = Math.max(Vectors.largest(q), Vectors.largest(c));
    for (int i = 0; scale > 0 && i < q.length; i++) {
      q[i] /= scale;
    }
    for (int i = 0; scale > 0 && i < n; i++) {
      c[i] /= scale;
    }
    x = new double[n];
    below = new double[n];
    above = new double[n];
    zl = new double[n];
    zu = new double[n];
    for (int i = 0; i < n; i++) {
      below[i] = (upper[i] - lower[i]) / 2;
      above[i] = below[i];
      x[i] = lower[i] + below[i];
      zl[i] = 1;
      zu[i] = 1;
    }
    y = new double[equal.size()];
    s = new double[atMost.size()];
    w = new double[atMost.size()];
    for (int g = 0; g < s.length; g++) {
      Row row = atMost.get(g);
      s[g] = Math.max(0.1, row.value - Vectors.dot(row.factors, x));
      w[g] = 1;
    }
  }

  /** One change of all that moves. */
  private static final class Step {
    final double[] x;
    final double[] y;
    final double[] zl;
    final double[] zu;
    final double[] s;
    final double[] w;

    Step(int n, int equal, int atMost) {
      x = new double[n];
      y = new double[equal];
      zl = new double[n];
      zu = new double[n];
      s = new double[atMost];
      w = new double[atMost];
    }
  }

  /**
   * The minimum.
   *
   * @throws QilinException UNKNOWN if the method does not reach it
   */
  double[] solve() {
    double least = Double.POSITIVE_INFINITY;
    double[] best = x;
    int since = 0;
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] dual = dualResidual();
      double error = error(dual);
      since = error < least ? 0 : since + 1;
      if (error < least) {
        least = error;
        best = snapped();
      }
      boolean stuck = since >= PATIENCE && least <= GOOD_ENOUGH;
      if (error <= REACHED || stuck || !advance(dual)) {
        break;
      }
    }
    if (!(least <= GOOD_ENOUGH)) {
      throw new QilinException(
          ErrorCode.UNKNOWN,
          "the optimiser stopped short of the optimum of " + n + " variables, with an error of "
              + least + "; please report the covariance and the limits");
    }
    return best;
  }

  /** The largest of the gap as a part of the objective and of what the conditions miss. */
  private double error(double[] dual) {
    double error = Vectors.largest(dual);
    for (Row row : equal) {
      error = Math.max(error, Math.abs(missing(row)));
    }
    for (int g = 0; g < s.length; g++) {
      error = Math.max(error, Math.abs(slackResidual(g)));
    }
    double size = Math.max(LEAST_OBJECTIVE, Math.abs(objective()));
    return Math.max(error, gap() / size);
  }

  private double missing(Row row) {
    double missing = row.value - Vectors.dot(row.factors, x);
    return Math.abs(missing) <= ROUNDING ? 0 : missing;
  }

  private double objective() {
    return Vectors.dot(x, Vectors.times(q, x)) / 2 + Vectors.dot(c, x);
  }

  /** The sum of all products of a price and its room: how far the objective is from the optimum. */
  private double gap() {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += below[i] * zl[i] + above[i] * zu[i];
    }
    return sum + Vectors.dot(s, w);
  }

  private double[] dualResidual() {
    double[] out = Vectors.times(q, x);
    for (int i = 0; i < n; i++) {
      out[i] += c[i] - zl[i] + zu[i];
    }
    addRows(out, equal, y, -1);
    addRows(out, atMost, w, 1);
    return out;
  }

  private static void addRows(double[] to, List<Row> rows, double[] prices, double sign) {
    for (int r = 0; r < prices.length; r++) {
      double[] factors = rows.get(r).factors;
      for (int i = 0; i < to.length; i++) {
        to[i] += sign * prices[r] * factors[i];
      }
    }
  }

  private double slackResidual(int g) {
    return Vectors.dot(atMost.get(g).factors, x) + s[g] - atMost.get(g).value;
  }

  /** Takes one step; false if rounding allows none. */
  private boolean advance(double[] dual) {
    double[] matrix = q.clone();
    for (int i = 0; i < n; i++) {
      matrix[i * n + i] += zl[i] / below[i] + zu[i] / above[i];
    }
    for (int g = 0; g < s.length; g++) {
      double[] factors = atMost.get(g).factors;
      for (int i = 0; i < n; i++) {
        for (int j = 0; factors[i] != 0 && j < n; j++) {
          matrix[i * n + j] += w[g] / s[g] * factors[i] * factors[j];
        }
      }
    }
    Optional<Cholesky> positive = Cholesky.of(matrix, n);
    Optional<RowPrices> independent = positive.flatMap(found -> RowPrices.of(found, equal));
    if (positive.isEmpty() || independent.isEmpty()) {
      return false;
    }
    Cholesky factored = positive.get();
    RowPrices prices = independent.get();
    int pairs = 2 * n + s.length;
    double mean = gap() / pairs;
    Step none = new Step(n, y.length, s.length);
    Step whole;
    if (gap() > SLOW * gapBefore) {
      whole = step(factored, prices, dual, CENTRED * mean, none);
    } else {
      Step predictor = step(factored, prices, dual, 0, none);
      double share = Math.pow(gapAfter(predictor, length(predictor)) / gap(), 3);
      whole = step(factored, prices, dual, share * mean, predictor);
    }
    gapBefore = gap();
    double taken = Math.max(0.9, 1 - mean) * length(whole);
    boolean moves = taken > 1e-10;
    if (moves) {
      apply(whole, Math.min(1, taken));
    }
    return moves;
  }

  /** The Newton step towards products of {@code target}; {@code before} gives the second order. */
  private Step step(Cholesky matrix, RowPrices prices, double[] dual, double target, Step before) {
    Step step = new Step(n, y.length, s.length);
    double[] right = new double[n];
    double[] toLower = new double[n];
    double[] toUpper = new double[n];
    for (int i = 0; i < n; i++) {
      toLower[i] = (target - before.x[i] * before.zl[i]) / below[i] - zl[i];
      toUpper[i] = (target + before.x[i] * before.zu[i]) / above[i] - zu[i];
      right[i] = -dual[i] + toLower[i] - toUpper[i];
    }
    double[] toSlack = new double[s.length];
    for (int g = 0; g < s.length; g++) {
      toSlack[g] =
          (target - before.s[g] * before.w[g]) / s[g] - w[g] + w[g] / s[g] * slackResidual(g);
    }
    addRows(right, atMost, toSlack, -1);
    double[] unbound = matrix.solve(right);
    double[] missing = new double[y.length];
    for (int e = 0; e < y.length; e++) {
      Row row = equal.get(e);
      missing[e] = missing(row) - Vectors.dot(row.factors, unbound);
    }
    System.arraycopy(prices.solve(missing), 0, step.y, 0, y.length);
    addRows(right, equal, step.y, 1);
    System.arraycopy(matrix.solve(right), 0, step.x, 0, n);
    for (int i = 0; i < n; i++) {
      step.zl[i] = toLower[i] - zl[i] / below[i] * step.x[i];
      step.zu[i] = toUpper[i] + zu[i] / above[i] * step.x[i];
    }
    for (int g = 0; g < s.length; g++) {
      double moved = Vectors.dot(atMost.get(g).factors, step.x);
      step.s[g] = -slackResidual(g) - moved;
      step.w[g] = toSlack[g] + w[g] / s[g] * moved;
    }
    return step;
  }

  /** How much of a step can be taken until a room or a price is 0; at most 1. */
  private double length(Step step) {
    double length = 1;
    for (int i = 0; i < n; i++) {
      length = Math.min(length, most(below[i], step.x[i]));
      length = Math.min(length, most(above[i], -step.x[i]));
      length = Math.min(length, most(zl[i], step.zl[i]));
      length = Math.min(length, most(zu[i], step.zu[i]));
    }
    for (int g = 0; g < s.length; g++) {
      length = Math.min(length, most(s[g], step.s[g]));
      length = Math.min(length, most(w[g], step.w[g]));
    }
    return length;
  }

  private static double most(double value, double change) {
    return change < 0 ? -value / change : 1;
  }

  private double gapAfter(Step step, double length) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double moved = length * step.x[i];
      sum += (below[i] + moved) * (zl[i] + length * step.zl[i]);
      sum += (above[i] - moved) * (zu[i] + length * step.zu[i]);
    }
    for (int g = 0; g < s.length; g++) {
      sum += (s[g] + length * step.s[g]) * (w[g] + length * step.w[g]);
    }
    return sum;
  }

  private void apply(Step step, double length) {
    for (int i = 0; i < n; i++) {
      below[i] += length * step.x[i];
      above[i] -= length * step.x[i];
      x[i] = below[i] < above[i] ? lower[i] + below[i] : upper[i] - above[i];
      zl[i] += length * step.zl[i];
      zu[i] += length * step.zu[i];
    }
    for (int e = 0; e < y.length; e++) {
      y[e] += length * step.y[e];
    }
    for (int g = 0; g < s.length; g++) {
      s[g] += length * step.s[g];
      w[g] += length * step.w[g];
    }
  }

  /**
   * The variables, those whose bound holds them put exactly on it; what that takes from a sum that
   * is fixed or full goes to the variable that has the most room.
   */
  private double[] snapped() {
    double[] out = x.clone();
    for (int i = 0; i < n; i++) {
      if (below[i] < SNAP && below[i] < zl[i]) {
        out[i] = lower[i];
      } else if (above[i] < SNAP && above[i] < zu[i]) {
        out[i] = upper[i];
      }
    }
    for (int g = 0; g < s.length; g++) {
      if (s[g] < SNAP && s[g] < w[g]) {
        settle(atMost.get(g), out);
      }
    }
    equal.forEach(row -> settle(row, out));
    return out;
  }

  /** Gives what a row misses to the variable with the most room, outside full sums if it can. */
  private void settle(Row row, double[] out) {
    int most = -1;
    double room = 0;
    for (int i = 0; i < n; i++) {
      double own = Math.min(out[i] - lower[i], upper[i] - out[i]) * (full(i) ? SNAP : 1);
      if (row.factors[i] != 0 && own > room) {
        most = i;
        room = own;
      }
    }
    if (most >= 0) {
      out[most] += (row.value - Vectors.dot(row.factors, out)) / row.factors[most];
    }
  }

  /** Whether the variable is in a sum that is at its limit. */
  private boolean full(int variable) {
    for (int g = 0; g < s.length; g++) {
      if (atMost.get(g).factors[variable] != 0 && s[g] < w[g]) {
        return true;
      }
    }
    return false;
  }
}

package io.qilin.mlops.abtest;

/**
 * The sums of one metric that is measured call by call. With y the outcome of a call that got arm A, p the arms' shares and m
 * their means before this call, the effect of arm k over the control 0 is estimated by the mean of
 *
 * <pre>
 * z = m[k] − m[0] + 1{A=k}·(y − m[k])/p[k] − 1{A=0}·(y − m[0])/p[0]
 * </pre>
 *
 * (augmented inverse propensity weights). Whatever the outcomes are, its conditional mean is the effect on that call, because
 * the arm is drawn: so neither what instruments share in a day nor what days share makes the interval too narrow (a design-based
 * confidence sequence, Ham, Bojinov, Lindon and Tingley 2022). It begins when both arms have {@value #WARM_UP} calls. Not
 * thread-safe.
 */
final class Tally {
  static final int WARM_UP = 50;

  private final double[] shares;
  /** By arm: how many, and their mean. */
  final long[] counts;

  final double[] means;
  /** By arm, of z: how many, mean, squares about the mean, squares about the mean before each. */
  final long[] terms;

  final double[] effects;
  final double[] squares;
  final double[] surprises;

  Tally(double[] shares) {
    this.shares = shares;
    int arms = shares.length;
    this.counts = new long[arms];
    this.means = new double[arms];
    this.terms = new long[arms];
    this.effects = new double[arms];
    this.squares = new double[arms];
    this.surprises = new double[arms];
  }

  void add(int arm, double y) {
    for (int k = 1; k < counts.length; k++) {
      if (counts[k] >= WARM_UP && counts[0] >= WARM_UP) {
        double z = means[k] - means[0];
        if (arm == k) {
          z += (y - means[k]) / shares[k];
        } else if (arm == 0) {
          z -= (y - means[0]) / shares[0];
        }
        terms[k]++;
        double apart = z - effects[k];
        effects[k] += apart / terms[k];
        squares[k] += apart * (z - effects[k]);
        surprises[k] += apart * apart;
      }
    }
    counts[arm]++;
    means[arm] += (y - means[arm]) / counts[arm];
  }

  /** The least number of calls of an arm and the control. */
  long least(int arm) {
    return Math.min(counts[0], counts[arm]);
  }

  double halfWidth(int arm, Boundary boundary, double start, boolean finiteSample) {
    double n = terms[arm];
    if (n < 2) {
      return Double.POSITIVE_INFINITY;
    }
    if (finiteSample) {
      double range = 2 / Math.min(shares[0], shares[arm]);
      return boundary.stitched(surprises[arm], range) / n;
    }
    return Math.sqrt(squares[arm] / (n - 1) / n) * boundary.delayed(n, start);
  }

  /** Whether the counts are such as the shares give. */
  boolean sound(Boundary boundary, double start) {
    double all = 0;
    double least = 1;
    for (int i = 0; i < counts.length; i++) {
      all += counts[i];
      least = Math.min(least, shares[i]);
    }
    // A rare arm needs more calls before its count is anything like normal.
    double from = Math.max(start, WARM_UP * 2 / least);
    if (all < from) {
      return true;
    }
    double within = boundary.delayed(all, from);
    for (int i = 0; i < counts.length; i++) {
      double error = Math.sqrt(all * shares[i] * (1 - shares[i]));
      if (Math.abs(counts[i] - all * shares[i]) > within * error) {
        return false;
      }
    }
    return true;
  }
}

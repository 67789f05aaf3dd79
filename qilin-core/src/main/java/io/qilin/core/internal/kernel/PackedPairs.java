package io.qilin.core.internal.kernel;

import java.util.Arrays;

/** The pairs of a cross-section in which both sides are valid, packed together. */
public final class PackedPairs {
  private final double[] x;
  private final double[] y;

  private PackedPairs(double[] x, double[] y) {
    this.x = x;
    this.y = y;
  }

  /** Pairs two columns of the same instruments; pairs with a {@code NaN} or an infinity are left out. */
  public static PackedPairs of(double[] x, double[] y) {
    double[] a = new double[x.length];
    double[] b = new double[x.length];
    int count = 0;
    for (int i = 0; i < x.length; i++) {
      if (PackedSeries.isValid(x[i]) && PackedSeries.isValid(y[i])) {
        a[count] = x[i];
        b[count++] = y[i];
      }
    }
    return new PackedPairs(Arrays.copyOf(a, count), Arrays.copyOf(b, count));
  }

  /** How many there are. */
  public int count() {
    return x.length;
  }

  /** Pearson's correlation; {@code NaN} for fewer than two pairs or where one side does not vary. */
  public double correlation() {
    return Pairs.spread(x, y, 0, x.length).correlation();
  }

  /**
   * Spearman's correlation: Pearson's of the ranks, ties by their average.
   *
   * @param last the ranks of the second side, which are used again if it is the same as the last time
   */
  public double rankCorrelation(Ranks last) {
    return new PackedPairs(Order.ranks(x), last.of(y)).correlation();
  }

  /** The ranks of the values seen last. Not thread-safe. */
  public static final class Ranks {
    private double[] values = {};
    private double[] ranks = {};

    /** Nothing seen yet. */
    public Ranks() {}

    private double[] of(double[] wanted) {
      if (!Arrays.equals(wanted, values)) {
        values = wanted;
        ranks = Order.ranks(wanted);
      }
      return ranks;
    }
  }
}

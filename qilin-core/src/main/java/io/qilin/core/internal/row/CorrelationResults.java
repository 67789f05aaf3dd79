package io.qilin.core.internal.row;

/** Correlations read off a {@link ProductChain}. */
final class CorrelationResults {
  private static final double HUGE = 1e300;

  private CorrelationResults() {}

  /** Correlation: C/√(Q_x Q_y). */
  static final class Correlation extends Kernel {
    private static final long SMALLEST = Double.doubleToRawLongBits(Double.MIN_NORMAL);
    private static final long LARGEST = Double.doubleToRawLongBits(Double.MAX_VALUE);

    private final Rows c;
    private final Rows qx;
    private final Rows qy;
    private final Rows out;

    Correlation(ProductChain chain, int window, Rows out) {
      this.c = chain.level(window);
      this.qx = chain.x().squares(window).q;
      this.qy = chain.y().squares(window).q;
      this.out = out;
    }

    @Override
    void run(int tick) {
      double[] products = c.at(tick);
      double[] x = qx.at(tick);
      double[] y = qy.at(tick);
      double[] row = out.write(tick);
      apply(products, x, y, row);
      if (leavesRange(x, y)) {
        applySafely(products, x, y, row);
      }
    }

    /** Whether a product of squares is 0, too small to have all its digits, or infinite. */
    private static boolean leavesRange(double[] x, double[] y) {
      long odd = 0;
      for (int i = 0; i < x.length; i++) {
        long bits = Double.doubleToRawLongBits(x[i] * y[i]);
        odd |= (bits - SMALLEST) | (LARGEST - bits);
      }
      return odd < 0;
    }

    /**
     * Root by root where the product leaves the range; {@code NaN} where a sum of squares has lost its digits, as a flat series
     * has.
     */
    private static void applySafely(double[] c, double[] qx, double[] qy, double[] out) {
      for (int i = 0; i < out.length; i++) {
        long bits = Double.doubleToRawLongBits(qx[i] * qy[i]);
        if (bits < SMALLEST || bits > LARGEST) {
          out[i] = Math.min(qx[i], qy[i]) < Double.MIN_NORMAL
              ? Double.NaN
              : c[i] / Math.sqrt(qx[i]) / Math.sqrt(qy[i]);
        }
      }
    }

    private static void apply(double[] c, double[] qx, double[] qy, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = c[i] / Math.sqrt(qx[i] * qy[i]);
      }
    }
  }

  /**
   * As {@link Correlation}, but {@code NaN} where one side is flat as Qlib means it: a negative number blown up to minus
   * infinity makes a NaN of a product with 0, everything else makes 0.
   */
  static final class GuardedCorrelation extends MomentResults.Result {
    private final Rows n;
    private final Rows c;
    private final Rows qx;
    private final Rows qy;

    GuardedCorrelation(ProductChain chain, int window, Rows out) {
      super(chain.x().counts(), window, out);
      this.n = chain.x().counts().n(window);
      this.c = chain.level(window);
      this.qx = chain.x().squares(window).q;
      this.qy = chain.y().squares(window).q;
    }

    @Override
    void whole(int tick, double[] out) {
      apply(c.at(tick), qx.at(tick), qy.at(tick), Quantity.flat(window - 1.0), out);
    }

    @Override
    void holed(int tick, double[] out) {
      apply(c.at(tick), qx.at(tick), qy.at(tick), n.at(tick), out);
    }

    private static void apply(double[] c, double[] qx, double[] qy, double flat, double[] out) {
      for (int i = 0; i < out.length; i++) {
        double above = Math.min(Math.min(qx[i], qy[i]) - flat, 0.0);
        out[i] = c[i] / Math.sqrt(qx[i] * qy[i]) + above * HUGE * HUGE * 0.0;
      }
    }

    private static void apply(double[] c, double[] qx, double[] qy, double[] n, double[] out) {
      for (int i = 0; i < out.length; i++) {
        double flat = Quantity.flat(Quantity.freedom(n[i]));
        double above = Math.min(Math.min(qx[i], qy[i]) - flat, 0.0);
        out[i] = c[i] / Math.sqrt(qx[i] * qy[i]) + above * HUGE * HUGE * 0.0;
      }
    }
  }
}

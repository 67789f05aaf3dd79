package io.qilin.core.internal.row;

/** What is read off the sums of a {@link MomentChain} for a line through a window; {@code NaN} where it has too few valid rows. */
final class RegressionResults {
  private static final double HUGE = 1e300;

  private RegressionResults() {}

  /** Σ(mean age − age) × value, that is Σ(place − mean place) × value. */
  static final class Product extends MomentResults.Result {
    private final Rows meanAge;
    private final Rows s;
    private final Rows t;

    Product(MomentChain chain, int window, Rows out) {
      super(chain.counts(), window, out);
      this.meanAge = chain.counts().rows(Quantity.MEAN_AGE, window);
      this.s = chain.sums(window).s;
      this.t = chain.ages(window).t;
    }

    @Override
    void whole(int tick, double[] out) {
      apply(s.at(tick), t.at(tick), Quantity.meanAge(window), out);
    }

    @Override
    void holed(int tick, double[] out) {
      apply(s.at(tick), t.at(tick), meanAge.at(tick), out);
    }

    private static void apply(double[] s, double[] t, double meanAge, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = meanAge * s[i] - t[i];
      }
    }

    private static void apply(double[] s, double[] t, double[] meanAge, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = meanAge[i] * s[i] - t[i];
      }
    }
  }

  /** Slope in units a row. */
  static final class Slope extends MomentResults.Result {
    private final Rows ageSpread;
    private final Rows product;

    Slope(MomentChain chain, int window, Rows product, Rows out) {
      super(chain.counts(), window, out);
      this.ageSpread = chain.counts().rows(Quantity.AGE_SPREAD, window);
      this.product = product;
    }

    @Override
    void whole(int tick, double[] out) {
      MomentResults.over(product.at(tick), Quantity.ageSpread(window), out);
    }

    @Override
    void holed(int tick, double[] out) {
      MomentResults.over(product.at(tick), ageSpread.at(tick), out);
    }
  }

  /** Squared correlation with the place; {@code NaN} where the series is flat as Qlib means it, if that is asked for. */
  static final class Rsquare extends MomentResults.Result {
    private final Rows ageSpread;
    private final Rows n;
    private final Rows product;
    private final Rows q;
    private final double guard;

    Rsquare(MomentChain chain, int window, Rows product, boolean guarded, Rows out) {
      super(chain.counts(), window, out);
      this.ageSpread = chain.counts().rows(Quantity.AGE_SPREAD, window);
      this.n = chain.counts().n(window);
      this.product = product;
      this.q = chain.squares(window).q;
      this.guard = guarded ? 1 : 0;
    }

    @Override
    void whole(int tick, double[] out) {
      apply(
          product.at(tick),
          q.at(tick),
          Quantity.ageSpread(window),
          guard * Quantity.flat(window - 1.0),
          out);
    }

    @Override
    void holed(int tick, double[] out) {
      apply(product.at(tick), q.at(tick), ageSpread.at(tick), n.at(tick), guard, out);
    }

    private static void apply(
        double[] product, double[] q, double spread, double flat, double[] out) {
      for (int i = 0; i < out.length; i++) {
        double above = Math.min(q[i] - flat, 0.0);
        out[i] = product[i] * product[i] / (spread * q[i]) + above * HUGE * HUGE * 0.0;
      }
    }

    private static void apply(
        double[] product, double[] q, double[] spread, double[] n, double guard, double[] out) {
      for (int i = 0; i < out.length; i++) {
        double flat = Quantity.flat(Quantity.freedom(n[i]));
        double above = Math.min(q[i] - guard * flat, 0.0);
        out[i] = product[i] * product[i] / (spread[i] * q[i]) + above * HUGE * HUGE * 0.0;
      }
    }
  }

  /** Newest value minus the line: −(S/n) − slope × mean age; {@code NaN} if the newest is not valid. */
  static final class Residual extends MomentResults.Result {
    private final Rows n;
    private final Rows meanAge;
    private final Value x;
    private final Rows s;
    private final Rows slope;

    Residual(Value x, MomentChain chain, int window, Rows slope, Rows out) {
      super(chain.counts(), window, out);
      this.n = chain.counts().n(window);
      this.meanAge = chain.counts().rows(Quantity.MEAN_AGE, window);
      this.x = x;
      this.s = chain.sums(window).s;
      this.slope = slope;
    }

    @Override
    void whole(int tick, double[] out) {
      apply(s.at(tick), window, slope.at(tick), Quantity.meanAge(window), out);
    }

    @Override
    void holed(int tick, double[] out) {
      apply(x.at(tick), s.at(tick), n.at(tick), slope.at(tick), meanAge.at(tick), out);
    }

    private static void apply(double[] s, double n, double[] slope, double meanAge, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = -(s[i] / n) - slope[i] * meanAge + 0.0;
      }
    }

    private static void apply(
        double[] x, double[] s, double[] n, double[] slope, double[] meanAge, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = -(s[i] / n[i]) - slope[i] * meanAge[i] + 0 * Math.abs(x[i]);
      }
    }
  }
}

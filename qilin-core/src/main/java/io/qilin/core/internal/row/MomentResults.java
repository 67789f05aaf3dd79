package io.qilin.core.internal.row;

/** What is read off the sums of a {@link MomentChain}; {@code NaN} where the window has too few valid rows. */
final class MomentResults {
  private static final double HUGE = 1e300;

  private MomentResults() {}

  /** Sum of plain additions. */
  static final class Sum extends Kernel {
    private final Rows s;
    private final Rows empty;
    private final Rows out;

    Sum(Rows s, Rows empty, Rows out) {
      this.s = s;
      this.empty = empty;
      this.out = out;
    }

    @Override
    void run(int tick) {
      apply(s.at(tick), empty.at(tick), out.write(tick));
    }

    private static void apply(double[] s, double[] empty, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = s[i] + empty[i];
      }
    }
  }

  /** Plain sum over the number of rows. */
  static final class Share extends Kernel {
    private final Rows s;
    private final Rows n;
    private final Rows out;

    Share(Rows s, Rows n, Rows out) {
      this.s = s;
      this.n = n;
      this.out = out;
    }

    @Override
    void run(int tick) {
      apply(s.at(tick), n.at(tick), out.write(tick));
    }

    private static void apply(double[] s, double[] n, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = s[i] / n[i];
      }
    }
  }

  /** Anchor + S/n. */
  static final class Mean extends Kernel {
    private final Rows anchor;
    private final Rows s;
    private final Rows n;
    private final Rows out;

    Mean(MomentChain chain, int window, Rows out) {
      this.anchor = chain.anchor();
      this.s = chain.sums(window).s;
      this.n = chain.counts().level(window).n;
      this.out = out;
    }

    @Override
    void run(int tick) {
      apply(anchor.at(tick), s.at(tick), n.at(tick), out.write(tick));
    }

    private static void apply(double[] anchor, double[] s, double[] n, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = anchor[i] + s[i] / n[i];
      }
    }
  }

  /** Q/(n - 1). */
  static final class Variance extends Kernel {
    private final Rows q;
    private final Rows freedom;
    private final Rows out;

    Variance(MomentChain chain, int window, Rows out) {
      this.q = chain.squares(window).q;
      this.freedom = chain.counts().level(window).freedom;
      this.out = out;
    }

    @Override
    void run(int tick) {
      apply(q.at(tick), freedom.at(tick), out.write(tick));
    }

    private static void apply(double[] q, double[] freedom, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = q[i] / freedom[i];
      }
    }
  }

  /** √(Q/(n - 1)). */
  static final class Deviation extends Kernel {
    private final Rows q;
    private final Rows freedom;
    private final Rows out;

    Deviation(MomentChain chain, int window, Rows out) {
      this.q = chain.squares(window).q;
      this.freedom = chain.counts().level(window).freedom;
      this.out = out;
    }

    @Override
    void run(int tick) {
      apply(q.at(tick), freedom.at(tick), out.write(tick));
    }

    private static void apply(double[] q, double[] freedom, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.sqrt(q[i] / freedom[i]);
      }
    }
  }

  /** Covariance: C/(n - 1). */
  static final class Covariance extends Kernel {
    private final Rows c;
    private final Rows freedom;
    private final Rows out;

    Covariance(ProductChain chain, int window, Rows out) {
      this.c = chain.level(window);
      this.freedom = chain.x().counts().level(window).freedom;
      this.out = out;
    }

    @Override
    void run(int tick) {
      Variance.apply(c.at(tick), freedom.at(tick), out.write(tick));
    }
  }

  /** Correlation: C/√(Q_x Q_y). */
  static final class Correlation extends Kernel {
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
      apply(c.at(tick), qx.at(tick), qy.at(tick), out.write(tick));
    }

    private static void apply(double[] c, double[] qx, double[] qy, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = c[i] / Math.sqrt(qx[i] * qy[i]);
      }
    }
  }

  /** As {@link Correlation}, but {@code NaN} where one side is flat as Qlib means it. */
  static final class GuardedCorrelation extends Kernel {
    private final Rows c;
    private final Rows qx;
    private final Rows qy;
    private final Rows flat;
    private final Rows out;

    GuardedCorrelation(ProductChain chain, int window, Rows out) {
      this.c = chain.level(window);
      this.qx = chain.x().squares(window).q;
      this.qy = chain.y().squares(window).q;
      this.flat = chain.x().counts().level(window).flat;
      this.out = out;
    }

    @Override
    void run(int tick) {
      apply(c.at(tick), qx.at(tick), qy.at(tick), flat.at(tick), out.write(tick));
    }

    /** A negative number blown up to minus infinity makes a NaN of a product with 0; everything else makes 0. */
    private static void apply(double[] c, double[] qx, double[] qy, double[] flat, double[] out) {
      for (int i = 0; i < out.length; i++) {
        double above = Math.min(Math.min(qx[i], qy[i]) - flat[i], 0.0);
        out[i] = c[i] / Math.sqrt(qx[i] * qy[i]) + above * HUGE * HUGE * 0.0;
      }
    }
  }

  /** Σ(age − mean age) × value, the opposite of Σ(place − mean place) × value. */
  static final class Product extends Kernel {
    private final Rows s;
    private final Rows t;
    private final Rows meanAge;
    private final Rows out;

    Product(MomentChain chain, int window, Rows out) {
      this.s = chain.sums(window).s;
      this.t = chain.ages(window).t;
      this.meanAge = chain.counts().aged(window).meanAge;
      this.out = out;
    }

    @Override
    void run(int tick) {
      apply(s.at(tick), t.at(tick), meanAge.at(tick), out.write(tick));
    }

    private static void apply(double[] s, double[] t, double[] meanAge, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = meanAge[i] * s[i] - t[i];
      }
    }
  }

  /** Slope in units a row. */
  static final class Slope extends Kernel {
    private final Rows product;
    private final Rows spread;
    private final Rows out;

    Slope(MomentChain chain, int window, Rows product, Rows out) {
      this.product = product;
      this.spread = chain.counts().aged(window).ageSpread;
      this.out = out;
    }

    @Override
    void run(int tick) {
      Share.apply(product.at(tick), spread.at(tick), out.write(tick));
    }
  }

  /** Squared correlation with the place. */
  static final class Rsquare extends Kernel {
    private final Rows product;
    private final Rows q;
    private final Rows spread;
    private final Rows out;

    Rsquare(MomentChain chain, int window, Rows product, Rows out) {
      this.product = product;
      this.q = chain.squares(window).q;
      this.spread = chain.counts().aged(window).ageSpread;
      this.out = out;
    }

    @Override
    void run(int tick) {
      apply(product.at(tick), q.at(tick), spread.at(tick), out.write(tick));
    }

    private static void apply(double[] product, double[] q, double[] spread, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = product[i] * product[i] / (spread[i] * q[i]);
      }
    }
  }

  /** As {@link Rsquare}, but {@code NaN} where the series is flat as Qlib means it. */
  static final class GuardedRsquare extends Kernel {
    private final Rows product;
    private final Rows q;
    private final Rows spread;
    private final Rows flat;
    private final Rows out;

    GuardedRsquare(MomentChain chain, int window, Rows product, Rows out) {
      this.product = product;
      this.q = chain.squares(window).q;
      this.spread = chain.counts().aged(window).ageSpread;
      this.flat = chain.counts().level(window).flat;
      this.out = out;
    }

    @Override
    void run(int tick) {
      apply(product.at(tick), q.at(tick), spread.at(tick), flat.at(tick), out.write(tick));
    }

    private static void apply(
        double[] product, double[] q, double[] spread, double[] flat, double[] out) {
      for (int i = 0; i < out.length; i++) {
        double above = Math.min(q[i] - flat[i], 0.0);
        out[i] =
            product[i] * product[i] / (spread[i] * q[i]) + above * HUGE * HUGE * 0.0;
      }
    }
  }

  /** Newest value minus the line: −(S/n) − slope × mean age; {@code NaN} if the newest is not valid. */
  static final class Residual extends Kernel {
    private final Value x;
    private final Rows s;
    private final Rows n;
    private final Rows slope;
    private final Rows meanAge;
    private final Rows out;

    Residual(Value x, MomentChain chain, int window, Rows slope, Rows out) {
      this.x = x;
      this.s = chain.sums(window).s;
      this.n = chain.counts().level(window).n;
      this.slope = slope;
      this.meanAge = chain.counts().aged(window).meanAge;
      this.out = out;
    }

    @Override
    void run(int tick) {
      apply(
          x.at(tick), s.at(tick), n.at(tick), slope.at(tick), meanAge.at(tick), out.write(tick));
    }

    private static void apply(
        double[] x, double[] s, double[] n, double[] slope, double[] meanAge, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = -(s[i] / n[i]) - slope[i] * meanAge[i] + (x[i] - x[i]);
      }
    }
  }

  /**
   * Weighted mean with weights 1 … L by place, L the rows of the window: L S − T measured from the anchor. Qlib scales by all
   * L weights and then takes the mean over the valid rows.
   */
  static final class Weighted extends Kernel {
    private final Rows anchor;
    private final Rows s;
    private final Rows t;
    private final Rows n;
    private final Rows ages;
    private final Rows rows;
    private final int delay;
    private final double window;
    private final boolean qlib;
    private final Rows out;

    Weighted(
        MomentChain chain, int window, Rows rows, int delay, boolean qlib, Rows out) {
      this.anchor = chain.anchor();
      this.s = chain.sums(window).s;
      this.t = chain.ages(window).t;
      this.n = chain.counts().level(window).n;
      this.ages = chain.counts().aged(window).ages;
      this.rows = rows;
      this.delay = delay;
      this.window = window;
      this.qlib = qlib;
      this.out = out;
    }

    @Override
    void run(int tick) {
      double[] row = out.write(tick);
      double[] a = anchor.at(tick);
      double[] sum = s.at(tick);
      double[] aged = t.at(tick);
      double[] valid = n.at(tick);
      double[] age = ages.at(tick);
      double[] so = rows.at(tick - delay);
      for (int i = 0; i < row.length; i++) {
        double length = Math.min(so[i], window);
        double weights = length * valid[i] - age[i];
        double weighted = length * sum[i] - aged[i];
        row[i] = qlib
            ? (a[i] * weights + weighted) / (length * (length + 1) / 2) / valid[i]
            : a[i] + weighted / weights;
      }
    }
  }

  /** Skewness and kurtosis as pandas has them. */
  static final class Shape extends Kernel {
    /** Below this second moment pandas gives neither. */
    private static final double LEAST = 1e-14;

    private final Rows n;
    private final Rows q;
    private final Rows power;
    private final boolean skewness;
    private final Rows out;

    Shape(PowerChain chain, int window, boolean skewness, Rows out) {
      this.n = chain.moments().counts().level(window).n;
      this.q = chain.moments().squares(window).q;
      this.power = skewness ? chain.level(window).third : chain.level(window).fourth;
      this.skewness = skewness;
      this.out = out;
    }

    @Override
    void run(int tick) {
      double[] count = n.at(tick);
      double[] squares = q.at(tick);
      double[] powers = power.at(tick);
      double[] row = out.write(tick);
      for (int i = 0; i < row.length; i++) {
        row[i] = skewness
            ? skewness(count[i], squares[i], powers[i])
            : kurtosis(count[i], squares[i], powers[i]);
      }
    }

    /** Adjusted Fisher–Pearson skewness of n values. */
    static double skewness(double n, double squares, double cubes) {
      double m2 = squares / n;
      if (n < 3 || m2 <= LEAST) {
        return n >= 3 && m2 == 0 ? 0 : Double.NaN;
      }
      return Math.sqrt(n * (n - 1)) / (n - 2) * (cubes / n) / (m2 * Math.sqrt(m2));
    }

    /** Unbiased excess kurtosis of n values. */
    static double kurtosis(double n, double squares, double fourths) {
      double m2 = squares / n;
      if (n < 4 || m2 <= LEAST) {
        return n >= 4 && m2 == 0 ? -3 : Double.NaN;
      }
      double ratio = fourths / n / (m2 * m2);
      return ((n * n - 1) * ratio - 3 * (n - 1) * (n - 1)) / ((n - 2) * (n - 3));
    }
  }
}

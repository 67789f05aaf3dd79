package io.qilin.core.internal.row;

/** What is read off the sums of a {@link MomentChain}; {@code NaN} where the window has too few valid rows. */
final class MomentResults {
  private MomentResults() {}

  /** A result of a window: where the window has no hole its counts are constants, with the same bits. */
  abstract static class Result extends Kernel {
    final int window;
    final Rows out;
    private final Validity validity;

    Result(Counts counts, int window, Rows out) {
      this.window = window;
      this.validity = counts.validity();
      this.out = out;
    }

    @Override
    final void run(int tick) {
      if (validity.wholeFor(tick, window)) {
        whole(tick, out.write(tick));
      } else {
        holed(tick, out.write(tick));
      }
    }

    abstract void whole(int tick, double[] out);

    abstract void holed(int tick, double[] out);
  }

  /** A sum, product or extreme; {@code NaN} without any valid row. */
  static final class Sum extends Result {
    private final Rows n;
    private final Rows s;

    Sum(Counts counts, int window, Rows s, Rows out) {
      super(counts, window, out);
      this.n = counts.n(window);
      this.s = s;
    }

    @Override
    void whole(int tick, double[] out) {
      apply(s.at(tick), out);
    }

    @Override
    void holed(int tick, double[] out) {
      apply(s.at(tick), n.at(tick), out);
    }

    private static void apply(double[] s, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = s[i] + 0.0;
      }
    }

    private static void apply(double[] s, double[] n, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = s[i] + Quantity.empty(n[i]);
      }
    }
  }

  /** Plain sum over the number of rows. */
  static final class Share extends Result {
    private final Rows n;
    private final Rows s;

    Share(Counts counts, int window, Rows s, Rows out) {
      super(counts, window, out);
      this.n = counts.n(window);
      this.s = s;
    }

    @Override
    void whole(int tick, double[] out) {
      over(s.at(tick), window, out);
    }

    @Override
    void holed(int tick, double[] out) {
      over(s.at(tick), n.at(tick), out);
    }
  }

  static void over(double[] a, double b, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] / b;
    }
  }

  static void over(double[] a, double[] b, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] / b[i];
    }
  }

  /** Anchor + S/n. */
  static final class Mean extends Result {
    private final Rows n;
    private final Rows anchor;
    private final Rows s;

    Mean(MomentChain chain, int window, Rows out) {
      super(chain.counts(), window, out);
      this.n = chain.counts().n(window);
      this.anchor = chain.anchor();
      this.s = chain.sums(window).s;
    }

    @Override
    void whole(int tick, double[] out) {
      apply(anchor.at(tick), s.at(tick), window, out);
    }

    @Override
    void holed(int tick, double[] out) {
      apply(anchor.at(tick), s.at(tick), n.at(tick), out);
    }

    private static void apply(double[] anchor, double[] s, double n, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = anchor[i] + s[i] / n;
      }
    }

    private static void apply(double[] anchor, double[] s, double[] n, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = anchor[i] + s[i] / n[i];
      }
    }
  }

  /** Variance or covariance: a sum of squares or products over n - 1. */
  static final class Variance extends Result {
    private final Rows n;
    private final Rows q;

    Variance(Counts counts, int window, Rows q, Rows out) {
      super(counts, window, out);
      this.n = counts.n(window);
      this.q = q;
    }

    @Override
    void whole(int tick, double[] out) {
      over(q.at(tick), window - 1.0, out);
    }

    @Override
    void holed(int tick, double[] out) {
      overFreedom(q.at(tick), n.at(tick), out);
    }
  }

  private static void overFreedom(double[] q, double[] n, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = q[i] / Quantity.freedom(n[i]);
    }
  }

  /** √(Q/(n - 1)). */
  static final class Deviation extends Result {
    private final Rows n;
    private final Rows q;

    Deviation(MomentChain chain, int window, Rows out) {
      super(chain.counts(), window, out);
      this.n = chain.counts().n(window);
      this.q = chain.squares(window).q;
    }

    @Override
    void whole(int tick, double[] out) {
      apply(q.at(tick), window - 1.0, out);
    }

    @Override
    void holed(int tick, double[] out) {
      apply(q.at(tick), n.at(tick), out);
    }

    private static void apply(double[] q, double freedom, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.sqrt(q[i] / freedom);
      }
    }

    private static void apply(double[] q, double[] n, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.sqrt(q[i] / Quantity.freedom(n[i]));
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

    Weighted(MomentChain chain, int window, Rows rows, int delay, boolean qlib, Rows out) {
      this.anchor = chain.anchor();
      this.s = chain.sums(window).s;
      this.t = chain.ages(window).t;
      this.n = chain.counts().n(window);
      this.ages = chain.counts().rows(Quantity.AGES, window);
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
      double[] so = rows.before(tick, delay, 0);
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
    private final Rows s;
    private final Rows q;
    private final Rows power;
    private final boolean skewness;
    private final Rows out;

    Shape(PowerChain chain, int window, boolean skewness, Rows out) {
      this.n = chain.moments().counts().n(window);
      this.s = chain.moments().squares(window).s;
      this.q = chain.moments().squares(window).q;
      this.power = skewness ? chain.level(window).third : chain.level(window).fourth;
      this.skewness = skewness;
      this.out = out;
    }

    @Override
    void run(int tick) {
      double[] count = n.at(tick);
      double[] sums = s.at(tick);
      double[] squares = q.at(tick);
      double[] powers = power.at(tick);
      double[] row = out.write(tick);
      for (int i = 0; i < row.length; i++) {
        row[i] = skewness
            ? skewness(count[i], sums[i], squares[i], powers[i])
            : kurtosis(count[i], sums[i], squares[i], powers[i]);
      }
    }

    /**
     * Adjusted Fisher–Pearson skewness of n values.
     *
     * @param sum of differences from one of them, which, unless they cancel out, is not 0 where squares are too small to tell
     */
    static double skewness(double n, double sum, double squares, double cubes) {
      double m2 = squares / n;
      if (n < 3 || m2 <= LEAST) {
        return n >= 3 && m2 == 0 && sum == 0 ? 0 : Double.NaN;
      }
      return Math.sqrt(n * (n - 1)) / (n - 2) * (cubes / n) / (m2 * Math.sqrt(m2));
    }

    /** Unbiased excess kurtosis of n values; parameters as for {@link #skewness}. */
    static double kurtosis(double n, double sum, double squares, double fourths) {
      double m2 = squares / n;
      if (n < 4 || m2 <= LEAST) {
        return n >= 4 && m2 == 0 && sum == 0 ? -3 : Double.NaN;
      }
      double ratio = fourths / n / (m2 * m2);
      return ((n * n - 1) * ratio - 3 * (n - 1) * (n - 1)) / ((n - 2) * (n - 3));
    }
  }
}

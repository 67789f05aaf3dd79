package io.qilin.core.internal.row;

/** Mean absolute deviation from the mean of a window: one pass over its rows. */
final class MeanDeviation extends Kernel {
  private final int window;
  private final Rows anchor;
  private final Rows valid;
  private final Rows n;
  private final Rows mean;
  private final Rows out;

  MeanDeviation(MomentChain chain, int window, Rows mean, Rows out) {
    this.window = window;
    this.anchor = chain.anchor().keep(window - 1);
    this.valid = chain.counts().n(1).keep(window - 1);
    this.n = chain.counts().n(window);
    this.mean = mean;
    this.out = out;
  }

  @Override
  void run(int tick) {
    double[] row = out.write(tick);
    java.util.Arrays.fill(row, 0);
    double[] center = mean.at(tick);
    for (int age = 0; age < window; age++) {
      add(anchor.before(tick, age, 0), valid.before(tick, age, 1), center, row);
    }
    divide(n.at(tick), row);
  }

  /** Before any value the mean is NaN and so is the result. */
  private static void add(double[] x, double[] valid, double[] mean, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += Math.abs(x[i] - mean[i]) * valid[i];
    }
  }

  private static void divide(double[] n, double[] row) {
    for (int i = 0; i < row.length; i++) {
      row[i] = row[i] / n[i];
    }
  }
}

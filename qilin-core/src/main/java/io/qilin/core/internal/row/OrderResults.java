package io.qilin.core.internal.row;

/** What is read off the places of maxima and minima. */
final class OrderResults {
  private OrderResults() {}

  /**
   * Place of the extreme value counted from 1 at the oldest row there is, or that of the first hole if there is one;
   * {@code NaN} without valid row.
   */
  static final class Place extends Kernel {
    private final Validity validity;
    private final int window;
    private final Rows age;
    private final Rows hole;
    private final Rows rows;
    private final int delay;
    private final Rows n;
    private final Rows out;

    Place(
        Validity validity,
        int window,
        Rows age,
        Rows hole,
        Rows rows,
        int delay,
        Rows n,
        Rows out) {
      this.validity = validity;
      this.window = window;
      this.age = age;
      this.hole = hole;
      this.rows = rows;
      this.delay = delay;
      this.n = n;
      this.out = out;
    }

    @Override
    void run(int tick) {
      if (validity.wholeFor(tick, window)) {
        full(window, age.at(tick), out.write(tick));
      } else {
        apply(
            window,
            age.at(tick),
            hole.at(tick),
            rows.before(tick, delay, 0),
            n.at(tick),
            out.write(tick));
      }
    }

    private static void full(double window, double[] age, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = window - age[i];
      }
    }

    private static void apply(
        double window, double[] age, double[] hole, double[] rows, double[] n, double[] out) {
      for (int i = 0; i < out.length; i++) {
        double holed = Math.min(Math.max(hole[i] + 1, 0.0), 1.0);
        out[i] = Math.min(rows[i], window)
            - (age[i] + holed * (hole[i] - age[i]))
            + Quantity.empty(n[i]);
      }
    }
  }
}

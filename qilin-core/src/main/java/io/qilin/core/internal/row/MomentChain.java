package io.qilin.core.internal.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sums over windows of one series: the sum S of the values, the sum Q of squared deviations from the mean, and the sum T of
 * age × value, age 0 being the newest row. Those of a {@link ShortWindow} come from its rows; a longer window is merged from
 * two shorter ones (Chan, Golub, LeVeque, 1979).
 *
 * <p>All are measured from an anchor, the newest valid value of the window. When parts A (recent) and B are merged, B moves
 * to the anchor of A, d = anchor(B) − anchor(A):
 *
 * <pre>
 * e = S_B + n_B d          S = S_A + e
 * u = S_A − e n_A/n_B      Q = Q_A + Q_B + u² n_B/(n_A n)
 *                          T = T_A + T_B + d ages_B + m e
 * </pre>
 *
 * So equal values give exactly 0 for all of them, values that differ in their last digits keep all digits of the
 * difference, no sum runs on along time, and a value depends on the rows of its window only.
 */
final class MomentChain {
  private final Counts counts;
  private final Rows anchor;
  private final TreeMap<Integer, Level> levels = new TreeMap<>();
  private final Rows passing = Rows.of(0);
  private boolean keepsBetween;

  /**
   * A chain.
   *
   * @param anchor the series, where it is not valid the last valid value before
   */
  MomentChain(Counts counts, Rows anchor) {
    this.counts = counts;
    this.anchor = anchor;
  }

  Counts counts() {
    return counts;
  }

  Rows anchor() {
    return anchor;
  }

  /** The sums of one window. */
  static final class Level {
    final int window;
    final Rows s = Rows.of(0);
    final Rows q = Rows.of(0);
    final Rows t = Rows.of(0);
    private final Rows u = Rows.of(0);

    private boolean squares;
    private boolean ages;

    Level(int window) {
      this.window = window;
    }
  }

  /** Says that u of every merge is read by others within the tick, and not only by the next merge. */
  void keepBetween() {
    keepsBetween = true;
  }

  /** u of the merge of a window; to be asked for when all windows are known. */
  Rows between(int window) {
    return keepsBetween ? sums(window).u : passing;
  }

  /** The window's S. */
  Level sums(int window) {
    Level known = levels.get(window);
    if (known != null) {
      return known;
    }
    counts.n(window);
    Level level = new Level(window);
    if (ShortWindow.is(window)) {
      anchor.keep(window - 1);
    } else {
      Split split = Split.of(window);
      sums(split.recent());
      sums(split.older()).s.keep(split.recent());
      anchor.keep(split.recent());
    }
    levels.put(window, level);
    return level;
  }

  /** The window's S and Q. */
  Level squares(int window) {
    Level level = sums(window);
    if (!level.squares) {
      level.squares = true;
      if (!ShortWindow.is(window)) {
        squares(Split.of(window).recent());
        squares(Split.of(window).older()).q.keep(Split.of(window).recent());
      }
    }
    return level;
  }

  /** The window's S and T. */
  Level ages(int window) {
    Level level = sums(window);
    if (!level.ages) {
      level.ages = true;
      if (!ShortWindow.is(window)) {
        ages(Split.of(window).recent());
        ages(Split.of(window).older()).t.keep(Split.of(window).recent());
      }
    }
    return level;
  }

  /** The rows, for the program to allocate. */
  List<Rows> rows() {
    List<Rows> rows = new ArrayList<>();
    rows.add(passing);
    for (Level level : levels.values()) {
      if (level.window > 1) {
        rows.add(level.s);
        if (keepsBetween && !ShortWindow.is(level.window)) {
          rows.add(level.u);
        }
        if (level.squares) {
          rows.add(level.q);
        }
        if (level.ages) {
          rows.add(level.t);
        }
      } else {
        rows.addAll(List.of(level.s, level.q, level.t));
      }
    }
    return rows;
  }

  /** The windows that there are, those in between among them. */
  Set<Integer> windows() {
    return Set.copyOf(levels.keySet());
  }

  /** The kernels, shorter windows first. */
  List<Kernel> kernels() {
    List<Kernel> kernels = new ArrayList<>();
    levels.keySet().forEach(window -> kernels.addAll(kernels(window)));
    return kernels;
  }

  /** The kernels of one window. */
  List<Kernel> kernels(int window) {
    List<Kernel> kernels = new ArrayList<>();
    Level level = sums(window);
    if (ShortWindow.is(window)) {
      if (window > 1) {
        kernels.add(new Direct(this, level));
      }
    } else {
      kernels.add(new MergeSums(level));
      if (level.squares) {
        kernels.add(new MergeSquares(level));
      }
      if (level.ages) {
        kernels.add(new MergeAges(level));
      }
    }
    return kernels;
  }

  /** All sums of a short window. */
  private static final class Direct extends Kernel {
    private final ShortWindow rows;
    private final ShortSums sums;

    Direct(MomentChain chain, Level to) {
      rows = new ShortWindow(chain.counts, to.window);
      sums = new ShortSums(rows, 0, chain, to);
    }

    @Override
    void run(int tick) {
      rows.begin(tick);
      sums.run(tick);
    }
  }

  /** The sums of one series in a short window that others may share. */
  static final class ShortSums {
    private final ShortWindow rows;
    private final int series;
    private final Rows anchor;
    private final Level to;

    /**
     * Sums.
     *
     * @param series the room of the window that is used
     */
    ShortSums(ShortWindow rows, int series, MomentChain chain, Level to) {
      this.rows = rows;
      this.series = series;
      this.anchor = chain.anchor;
      this.to = to;
    }

    /** Writes them; returns the deviations from the mean if squares are asked for. */
    double[][] run(int tick) {
      double[] sum = to.s.write(tick);
      double[][] differences = rows.differences(series, anchor, tick);
      ShortWindow.sum(differences, sum);
      if (to.ages) {
        ShortWindow.ages(differences, to.t.write(tick));
      }
      if (to.squares) {
        rows.centre(series, sum, tick);
        ShortWindow.squares(differences, to.q.write(tick));
      }
      return differences;
    }
  }

  /** One merge; where the window has no hole the counts are constants, with the same bits. */
  private abstract class Merge extends Kernel {
    final int m;
    final int older;
    final int window;

    Merge(int window) {
      this.window = window;
      this.m = Split.of(window).recent();
      this.older = Split.of(window).older();
    }

    @Override
    final void run(int tick) {
      if (counts.validity().wholeFor(tick, window)) {
        whole(tick);
      } else {
        holed(tick);
      }
    }

    abstract void whole(int tick);

    abstract void holed(int tick);
  }

  private final class MergeSums extends Merge {
    private final Rows sA;
    private final Rows sB;
    private final Rows nB;
    private final Rows ratio;
    private final Rows s;
    private final Rows u;

    MergeSums(Level to) {
      super(to.window);
      sA = sums(m).s;
      sB = sums(older).s;
      nB = counts.n(older);
      ratio = counts.rows(Quantity.RATIO, window);
      s = to.s;
      u = between(window);
    }

    @Override
    void whole(int tick) {
      apply(
          anchor.at(tick),
          anchor.before(tick, m, 0),
          sA.at(tick),
          sB.before(tick, m, 1),
          older,
          (double) m / older,
          s.write(tick),
          u.write(tick));
    }

    @Override
    void holed(int tick) {
      apply(
          anchor.at(tick),
          anchor.before(tick, m, 0),
          sA.at(tick),
          sB.before(tick, m, 1),
          nB.before(tick, m, 4),
          ratio.at(tick),
          s.write(tick),
          u.write(tick));
    }

    private static void apply(
        double[] a,
        double[] b,
        double[] sA,
        double[] sB,
        double nB,
        double ratio,
        double[] s,
        double[] u) {
      for (int i = 0; i < s.length; i++) {
        double e = sB[i] + nB * (b[i] - a[i]);
        u[i] = sA[i] - e * ratio;
        s[i] = sA[i] + e;
      }
    }

    /** In two loops, as JDK 17 makes no vector instructions of one over eight rows. */
    private static void apply(
        double[] a,
        double[] b,
        double[] sA,
        double[] sB,
        double[] nB,
        double[] ratio,
        double[] s,
        double[] u) {
      for (int i = 0; i < u.length; i++) {
        u[i] = sB[i] + nB[i] * (b[i] - a[i]);
      }
      for (int i = 0; i < s.length; i++) {
        double e = u[i];
        u[i] = sA[i] - e * ratio[i];
        s[i] = sA[i] + e;
      }
    }
  }

  private final class MergeSquares extends Merge {
    private final Rows qA;
    private final Rows qB;
    private final Rows weight;
    private final Rows u;
    private final Rows q;

    MergeSquares(Level to) {
      super(to.window);
      qA = sums(m).q;
      qB = sums(older).q;
      weight = counts.rows(Quantity.WEIGHT, window);
      u = between(window);
      q = to.q;
    }

    @Override
    void whole(int tick) {
      double w = (double) older / ((double) m * window);
      apply(qA.at(tick), qB.before(tick, m, 2), w, u.at(tick), q.write(tick));
    }

    @Override
    void holed(int tick) {
      apply(qA.at(tick), qB.before(tick, m, 2), weight.at(tick), u.at(tick), q.write(tick));
    }

    private static void apply(double[] a, double[] b, double weight, double[] u, double[] q) {
      for (int i = 0; i < q.length; i++) {
        q[i] = a[i] + b[i] + weight * (u[i] * u[i]);
      }
    }

    private static void apply(double[] a, double[] b, double[] weight, double[] u, double[] q) {
      for (int i = 0; i < q.length; i++) {
        q[i] = a[i] + b[i] + weight[i] * (u[i] * u[i]);
      }
    }
  }

  private final class MergeAges extends Merge {
    private final Rows tA;
    private final Rows tB;
    private final Rows sB;
    private final Rows nB;
    private final Rows agesB;
    private final Rows t;

    MergeAges(Level to) {
      super(to.window);
      tA = sums(m).t;
      tB = sums(older).t;
      sB = sums(older).s;
      nB = counts.n(older);
      agesB = counts.rows(Quantity.AGES, older);
      t = to.t;
    }

    @Override
    void whole(int tick) {
      apply(
          m,
          anchor.at(tick),
          anchor.before(tick, m, 0),
          tA.at(tick),
          tB.before(tick, m, 3),
          sB.before(tick, m, 1),
          older,
          (double) older * (older - 1) / 2,
          t.write(tick));
    }

    @Override
    void holed(int tick) {
      apply(
          m,
          anchor.at(tick),
          anchor.before(tick, m, 0),
          tA.at(tick),
          tB.before(tick, m, 3),
          sB.before(tick, m, 1),
          nB.before(tick, m, 4),
          agesB.before(tick, m, 5),
          t.write(tick));
    }

    private static void apply(
        double m,
        double[] a,
        double[] b,
        double[] tA,
        double[] tB,
        double[] sB,
        double nB,
        double agesB,
        double[] t) {
      for (int i = 0; i < t.length; i++) {
        double d = b[i] - a[i];
        t[i] = tA[i] + (tB[i] + d * agesB + m * (sB[i] + nB * d));
      }
    }

    private static void apply(
        double m,
        double[] a,
        double[] b,
        double[] tA,
        double[] tB,
        double[] sB,
        double[] nB,
        double[] agesB,
        double[] t) {
      for (int i = 0; i < t.length; i++) {
        t[i] = sB[i] + nB[i] * (b[i] - a[i]);
      }
      for (int i = 0; i < t.length; i++) {
        t[i] = tA[i] + (tB[i] + (b[i] - a[i]) * agesB[i] + m * t[i]);
      }
    }
  }
}

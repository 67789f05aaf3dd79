package io.qilin.core.internal.row;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Sums over windows of one series, each window merged from two shorter ones (Chan, Golub, LeVeque, 1979): the sum S of the
 * values, the sum Q of squared deviations from the mean, and the sum T of age × value, age 0 being the newest row.
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
    /** u of the merge, at this tick only. */
    final Rows u = Rows.of(0);

    private boolean squares;
    private boolean ages;

    Level(int window) {
      this.window = window;
    }
  }

  /** The window's S. */
  Level sums(int window) {
    Level known = levels.get(window);
    if (known != null) {
      return known;
    }
    counts.merged(window);
    Level level = new Level(window);
    if (window > 1) {
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
      if (window > 1) {
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
      counts.aged(window);
      if (window > 1) {
        ages(Split.of(window).recent());
        ages(Split.of(window).older()).t.keep(Split.of(window).recent());
      }
    }
    return level;
  }

  /** The rows, for the program to allocate. */
  List<Rows> rows() {
    List<Rows> rows = new ArrayList<>();
    for (Level level : levels.values()) {
      if (level.window > 1) {
        rows.addAll(List.of(level.s, level.u));
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

  /** The merges, shorter windows first. */
  List<Kernel> kernels() {
    List<Kernel> kernels = new ArrayList<>();
    for (Level level : levels.values()) {
      if (level.window == 1) {
        continue;
      }
      Split split = Split.of(level.window);
      Level recent = sums(split.recent());
      Level older = sums(split.older());
      Counts.Level n = counts.level(level.window);
      Counts.Level nOlder = counts.level(split.older());
      kernels.add(new MergeSums(split.recent(), anchor, recent.s, older.s, nOlder.n, n.ratio, level));
      if (level.squares) {
        kernels.add(new MergeSquares(split.recent(), recent.q, older.q, n.weight, level));
      }
      if (level.ages) {
        kernels.add(
            new MergeAges(split.recent(), anchor, recent, older, nOlder.n, nOlder.ages, level));
      }
    }
    return kernels;
  }

  private static final class MergeSums extends Kernel {
    private final int m;
    private final Rows anchor;
    private final Rows recent;
    private final Rows older;
    private final Rows nOlder;
    private final Rows ratio;
    private final Level to;

    MergeSums(int m, Rows anchor, Rows recent, Rows older, Rows nOlder, Rows ratio, Level to) {
      this.m = m;
      this.anchor = anchor;
      this.recent = recent;
      this.older = older;
      this.nOlder = nOlder;
      this.ratio = ratio;
      this.to = to;
    }

    @Override
    void run(int tick) {
      apply(
          anchor.at(tick),
          anchor.at(tick - m),
          recent.at(tick),
          older.at(tick - m),
          nOlder.at(tick - m),
          ratio.at(tick),
          to.s.write(tick),
          to.u.write(tick));
    }

    private static void apply(
        double[] a,
        double[] b,
        double[] sA,
        double[] sB,
        double[] nB,
        double[] ratio,
        double[] s,
        double[] u) {
      for (int i = 0; i < s.length; i++) {
        double e = sB[i] + nB[i] * (b[i] - a[i]);
        u[i] = sA[i] - e * ratio[i];
        s[i] = sA[i] + e;
      }
    }
  }

  private static final class MergeSquares extends Kernel {
    private final int m;
    private final Rows recent;
    private final Rows older;
    private final Rows weight;
    private final Level to;

    MergeSquares(int m, Rows recent, Rows older, Rows weight, Level to) {
      this.m = m;
      this.recent = recent;
      this.older = older;
      this.weight = weight;
      this.to = to;
    }

    @Override
    void run(int tick) {
      apply(
          recent.at(tick),
          older.at(tick - m),
          weight.at(tick),
          to.u.at(tick),
          to.q.write(tick));
    }

    private static void apply(double[] a, double[] b, double[] weight, double[] u, double[] q) {
      for (int i = 0; i < q.length; i++) {
        q[i] = a[i] + b[i] + weight[i] * (u[i] * u[i]);
      }
    }
  }

  private static final class MergeAges extends Kernel {
    private final int m;
    private final Rows anchor;
    private final Level recent;
    private final Level older;
    private final Rows nOlder;
    private final Rows agesOlder;
    private final Level to;

    MergeAges(
        int m, Rows anchor, Level recent, Level older, Rows nOlder, Rows agesOlder, Level to) {
      this.m = m;
      this.anchor = anchor;
      this.recent = recent;
      this.older = older;
      this.nOlder = nOlder;
      this.agesOlder = agesOlder;
      this.to = to;
    }

    @Override
    void run(int tick) {
      apply(
          m,
          anchor.at(tick),
          anchor.at(tick - m),
          recent.t.at(tick),
          older.t.at(tick - m),
          older.s.at(tick - m),
          nOlder.at(tick - m),
          agesOlder.at(tick - m),
          to.t.write(tick));
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
        double d = b[i] - a[i];
        t[i] = tA[i] + (tB[i] + d * agesB[i] + m * (sB[i] + nB[i] * d));
      }
    }
  }
}

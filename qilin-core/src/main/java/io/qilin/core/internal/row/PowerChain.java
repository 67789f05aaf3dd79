package io.qilin.core.internal.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sums of third and fourth powers of deviations from the mean: in a {@link ShortWindow} power by power, else merged beside a
 * {@link MomentChain} (P. Pébay, Formulas for robust, one-pass parallel computation of covariances and arbitrary-order
 * statistical moments, 2008, equations 3.1).
 */
final class PowerChain {
  private final MomentChain moments;
  private final TreeMap<Integer, Level> levels = new TreeMap<>();

  PowerChain(MomentChain moments) {
    this.moments = moments;
    moments.keepBetween();
  }

  MomentChain moments() {
    return moments;
  }

  /** The sums of one window. */
  static final class Level {
    final int window;
    final Rows third = Rows.of(0);
    final Rows fourth = Rows.of(0);

    Level(int window) {
      this.window = window;
    }
  }

  Level level(int window) {
    Level known = levels.get(window);
    if (known != null) {
      return known;
    }
    moments.squares(window);
    Level level = new Level(window);
    if (!ShortWindow.is(window)) {
      Split split = Split.of(window);
      level(split.recent());
      Level older = level(split.older());
      older.third.keep(split.recent());
      older.fourth.keep(split.recent());
    }
    levels.put(window, level);
    return level;
  }

  List<Rows> rows() {
    List<Rows> rows = new ArrayList<>();
    levels.values().forEach(level -> rows.addAll(List.of(level.third, level.fourth)));
    return rows;
  }

  /** The windows that there are, those in between among them. */
  Set<Integer> windows() {
    return Set.copyOf(levels.keySet());
  }

  List<Kernel> kernels() {
    List<Kernel> kernels = new ArrayList<>();
    for (Level level : levels.values()) {
      if (!ShortWindow.is(level.window)) {
        kernels.add(new Merge(this, level));
      } else if (level.window > 1) {
        kernels.add(new Direct(moments, level));
      }
    }
    return kernels;
  }

  /** The sums of a short window. */
  private static final class Direct extends Kernel {
    private final ShortWindow rows;
    private final Rows anchor;
    private final Rows sum;
    private final Level to;

    Direct(MomentChain moments, Level to) {
      this.rows = new ShortWindow(moments.counts(), to.window);
      this.anchor = moments.anchor();
      this.sum = moments.sums(to.window).s;
      this.to = to;
    }

    @Override
    void run(int tick) {
      rows.begin(tick);
      double[][] deviations = rows.differences(0, anchor, tick);
      rows.centre(0, sum.at(tick), tick);
      ShortWindow.cubes(deviations, to.third.write(tick));
      ShortWindow.fourths(deviations, to.fourth.write(tick));
    }
  }

  private static final class Merge extends Kernel {
    private final int m;
    private final Level a;
    private final Level b;
    private final Rows qA;
    private final Rows qB;
    private final Rows nA;
    private final Rows nB;
    private final Rows u;
    private final Level to;

    Merge(PowerChain chain, Level to) {
      Split split = Split.of(to.window);
      this.m = split.recent();
      this.a = chain.level(split.recent());
      this.b = chain.level(split.older());
      this.qA = chain.moments.squares(split.recent()).q;
      this.qB = chain.moments.squares(split.older()).q;
      this.nA = chain.moments.counts().n(split.recent());
      this.nB = chain.moments.counts().n(split.older());
      this.u = chain.moments.between(to.window);
      this.to = to;
    }

    @Override
    void run(int tick) {
      double[] countA = nA.at(tick);
      double[] countB = nB.before(tick, m, 0);
      double[] between = u.at(tick);
      double[] squaresA = qA.at(tick);
      double[] squaresB = qB.before(tick, m, 1);
      double[] thirdA = a.third.at(tick);
      double[] thirdB = b.third.before(tick, m, 2);
      double[] thirdOut = to.third.write(tick);
      third(countA, countB, between, squaresA, squaresB, thirdA, thirdB, thirdOut);
      double[] fourthOut = to.fourth.write(tick);
      double[] fourthA = a.fourth.at(tick);
      double[] fourthB = b.fourth.before(tick, m, 3);
      for (int i = 0; i < fourthOut.length; i++) {
        fourthOut[i] = fourthA[i]
            + fourthB[i]
            + fourth(
                countA[i], countB[i], between[i], squaresA[i], squaresB[i], thirdA[i], thirdB[i]);
      }
    }

    private static void third(
        double[] nA,
        double[] nB,
        double[] u,
        double[] qA,
        double[] qB,
        double[] a,
        double[] b,
        double[] out) {
      for (int i = 0; i < out.length; i++) {
        double n = Math.max(nA[i] + nB[i], 1);
        double d = -u[i] / Math.max(nA[i], 1) * Math.min(nB[i], 1);
        out[i] = a[i]
            + b[i]
            + d * d * d * (nA[i] * nB[i] * (nA[i] - nB[i]) / (n * n))
            + 3 * d * (nA[i] * qB[i] - nB[i] * qA[i]) / n;
      }
    }

    private static double fourth(
        double nA, double nB, double u, double qA, double qB, double thirdA, double thirdB) {
      double n = Math.max(nA + nB, 1);
      double d = -u / Math.max(nA, 1) * Math.min(nB, 1);
      return d * d * d * d * (nA * nB * (nA * nA - nA * nB + nB * nB) / (n * n * n))
          + 6 * d * d * (nA * nA * qB + nB * nB * qA) / (n * n)
          + 4 * d * (nA * thirdB - nB * thirdA) / n;
    }
  }
}

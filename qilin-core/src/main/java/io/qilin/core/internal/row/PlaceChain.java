package io.qilin.core.internal.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * The age of the largest or smallest value of windows, 0 for the newest row, the older of equals. Merged with the values
 * themselves: the older part wins unless the recent one is better, told by a difference that is blown up and cut to 0 or 1.
 */
final class PlaceChain {
  private final SumChain values;
  private final boolean largest;
  private final TreeMap<Integer, Rows> levels = new TreeMap<>();

  /** Ages beside the values of a chain of maxima or minima. */
  PlaceChain(SumChain values, boolean largest) {
    this.values = values;
    this.largest = largest;
  }

  /** The rows of a window. */
  Rows level(int window) {
    Rows known = levels.get(window);
    if (known != null) {
      return known;
    }
    values.level(window);
    if (window > 1) {
      Split split = Split.of(window);
      level(split.recent());
      level(split.older()).keep(split.recent());
      values.level(split.recent());
      values.level(split.older()).keep(split.recent());
    }
    Rows rows = Rows.of(0);
    levels.put(window, rows);
    return rows;
  }

  List<Rows> rows() {
    return new ArrayList<>(levels.values());
  }

  /** The windows that there are, those in between among them. */
  Set<Integer> windows() {
    return Set.copyOf(levels.keySet());
  }

  List<Kernel> kernels() {
    List<Kernel> kernels = new ArrayList<>();
    levels.forEach((window, out) -> {
      if (window > 1) {
        Split split = Split.of(window);
        Rows recent = values.level(split.recent());
        Rows older = values.level(split.older());
        Rows ageRecent = level(split.recent());
        Rows ageOlder = level(split.older());
        kernels.add(
            largest
                ? new Merge(split.recent(), recent, older, ageRecent, ageOlder, out)
                : new MergeLow(split.recent(), recent, older, ageRecent, ageOlder, out));
      }
    });
    return kernels;
  }

  private abstract static class Step extends Kernel {
    private final int m;
    private final Rows recent;
    private final Rows older;
    private final Rows ageRecent;
    private final Rows ageOlder;
    private final Rows out;

    Step(int m, Rows recent, Rows older, Rows ageRecent, Rows ageOlder, Rows out) {
      this.m = m;
      this.recent = recent;
      this.older = older;
      this.ageRecent = ageRecent;
      this.ageOlder = ageOlder;
      this.out = out;
    }

    @Override
    final void run(int tick) {
      apply(
          m,
          recent.at(tick),
          older.before(tick, m, 0),
          ageRecent.at(tick),
          ageOlder.before(tick, m, 1),
          out.write(tick));
    }

    abstract void apply(
        double m, double[] a, double[] b, double[] ageA, double[] ageB, double[] out);
  }

  private static final class Merge extends Step {
    Merge(int m, Rows recent, Rows older, Rows ageRecent, Rows ageOlder, Rows out) {
      super(m, recent, older, ageRecent, ageOlder, out);
    }

    @Override
    void apply(double m, double[] a, double[] b, double[] ageA, double[] ageB, double[] out) {
      for (int i = 0; i < out.length; i++) {
        double better = Math.min(Math.max((a[i] - b[i]) * 1e300 * 1e300, 0.0), 1.0);
        double old = ageB[i] + m;
        out[i] = old + better * (ageA[i] - old);
      }
    }
  }

  private static final class MergeLow extends Step {
    MergeLow(int m, Rows recent, Rows older, Rows ageRecent, Rows ageOlder, Rows out) {
      super(m, recent, older, ageRecent, ageOlder, out);
    }

    @Override
    void apply(double m, double[] a, double[] b, double[] ageA, double[] ageB, double[] out) {
      for (int i = 0; i < out.length; i++) {
        double better = Math.min(Math.max((b[i] - a[i]) * 1e300 * 1e300, 0.0), 1.0);
        double old = ageB[i] + m;
        out[i] = old + better * (ageA[i] - old);
      }
    }
  }
}

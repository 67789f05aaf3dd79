package io.qilin.core.internal.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** A quantity of windows that is merged from those of their two parts by one operation: a sum, a maximum, a product. */
final class SumChain {
  /** How parts are merged. */
  enum Merge {
    /** a + b. */
    SUM(0),
    /** The larger. */
    MAX(-Double.MAX_VALUE),
    /** The smaller. */
    MIN(Double.MAX_VALUE),
    /** a × b. */
    PRODUCT(1);

    /** What stands in for a value that is not valid. */
    final double neutral;

    Merge(double neutral) {
      this.neutral = neutral;
    }
  }

  private final Merge merge;
  private final Rows values;
  private final TreeMap<Integer, Rows> levels = new TreeMap<>();

  /**
   * A chain.
   *
   * @param values the series with the neutral value where it is not valid
   */
  SumChain(Merge merge, Rows values) {
    this.merge = merge;
    this.values = values;
    levels.put(1, values);
  }

  /** The rows of a window. */
  Rows level(int window) {
    Rows known = levels.get(window);
    if (known != null) {
      return known;
    }
    Split split = Split.of(window);
    level(split.recent());
    level(split.older()).keep(split.recent());
    Rows rows = Rows.of(merge.neutral);
    levels.put(window, rows);
    return rows;
  }

  /** The rows, for the program to allocate. */
  List<Rows> rows() {
    List<Rows> rows = new ArrayList<>(levels.values());
    rows.remove(values);
    return rows;
  }

  /** The windows that there are, those in between among them. */
  Set<Integer> windows() {
    return Set.copyOf(levels.keySet());
  }

  /** The merges, shorter windows first. */
  List<Kernel> kernels() {
    List<Kernel> kernels = new ArrayList<>();
    levels.forEach((window, out) -> {
      if (window > 1) {
        Split split = Split.of(window);
        Rows recent = level(split.recent());
        Rows older = level(split.older());
        kernels.add(
            switch (merge) {
              case SUM -> new Sum(split.recent(), recent, older, out);
              case MAX -> new Max(split.recent(), recent, older, out);
              case MIN -> new Min(split.recent(), recent, older, out);
              case PRODUCT -> new Product(split.recent(), recent, older, out);
            });
      }
    });
    return kernels;
  }

  private abstract static class Step extends Kernel {
    private final int m;
    private final Rows recent;
    private final Rows older;
    private final Rows out;

    Step(int m, Rows recent, Rows older, Rows out) {
      this.m = m;
      this.recent = recent;
      this.older = older;
      this.out = out;
    }

    @Override
    final void run(int tick) {
      apply(recent.at(tick), older.before(tick, m, 0), out.write(tick));
    }

    abstract void apply(double[] a, double[] b, double[] out);
  }

  private static final class Sum extends Step {
    Sum(int m, Rows recent, Rows older, Rows out) {
      super(m, recent, older, out);
    }

    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = a[i] + b[i];
      }
    }
  }

  private static final class Product extends Step {
    Product(int m, Rows recent, Rows older, Rows out) {
      super(m, recent, older, out);
    }

    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = a[i] * b[i];
      }
    }
  }

  private static final class Max extends Step {
    Max(int m, Rows recent, Rows older, Rows out) {
      super(m, recent, older, out);
    }

    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.max(a[i], b[i]);
      }
    }
  }

  private static final class Min extends Step {
    Min(int m, Rows recent, Rows older, Rows out) {
      super(m, recent, older, out);
    }

    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.min(a[i], b[i]);
      }
    }
  }
}

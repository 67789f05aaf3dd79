package io.qilin.core.internal.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * A quantity of windows that comes from those of their two parts, or from all rows of a {@link ShortWindow}, by one operation:
 * a sum, a maximum, a product.
 */
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
    if (ShortWindow.is(window)) {
      values.keep(window - 1);
    } else {
      Split split = Split.of(window);
      level(split.recent());
      level(split.older()).keep(split.recent());
    }
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
      if (!ShortWindow.is(window)) {
        Split split = Split.of(window);
        kernels.add(new Merged(
            operation(), split.recent(), level(split.recent()), level(split.older()), out));
      } else if (window > 1) {
        kernels.add(new Direct(operation(), window, values, out));
      }
    });
    return kernels;
  }

  private Operation operation() {
    return switch (merge) {
      case SUM -> new Sum();
      case MAX -> new Max();
      case MIN -> new Min();
      case PRODUCT -> new Product();
    };
  }

  /** A window from its two parts. */
  private static final class Merged extends Kernel {
    private final Operation operation;
    private final int m;
    private final Rows recent;
    private final Rows older;
    private final Rows out;

    Merged(Operation operation, int m, Rows recent, Rows older, Rows out) {
      this.operation = operation;
      this.m = m;
      this.recent = recent;
      this.older = older;
      this.out = out;
    }

    @Override
    void run(int tick) {
      operation.apply(recent.at(tick), older.before(tick, m, 0), out.write(tick));
    }
  }

  /** A short window from all its rows. */
  private static final class Direct extends Kernel {
    private final Operation operation;
    private final int window;
    private final Rows values;
    private final Rows out;

    Direct(Operation operation, int window, Rows values, Rows out) {
      this.operation = operation;
      this.window = window;
      this.values = values;
      this.out = out;
    }

    @Override
    void run(int tick) {
      double[] row = out.write(tick);
      operation.apply(values.at(tick), values.before(tick, 1, 0), row);
      for (int k = 2; k < window; k++) {
        operation.apply(row, values.before(tick, k, 0), row);
      }
    }
  }

  /** Of a class of its own for each merge, so that the compiler makes vector instructions of each. */
  private abstract static class Operation {
    abstract void apply(double[] a, double[] b, double[] out);
  }

  private static final class Sum extends Operation {
    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = a[i] + b[i];
      }
    }
  }

  private static final class Product extends Operation {
    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = a[i] * b[i];
      }
    }
  }

  private static final class Max extends Operation {
    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.max(a[i], b[i]);
      }
    }
  }

  private static final class Min extends Operation {
    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.min(a[i], b[i]);
      }
    }
  }
}

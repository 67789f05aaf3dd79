package io.qilin.core.internal.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * The age of the oldest row without valid value in windows, far below 0 if there is none. Where there is no row at all, as
 * before the first, there is no hole.
 */
final class HoleChain {
  private static final double NONE = -1e9;

  private final Validity validity;
  private final Span span;
  private final int delay;
  private final TreeMap<Integer, Rows> levels = new TreeMap<>();
  private double[] none = {};

  HoleChain(Validity validity, Span span, int delay) {
    this.validity = validity;
    this.span = span;
    this.delay = delay;
    levels.put(1, Rows.of(NONE));
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
    Rows rows = Rows.of(NONE);
    levels.put(window, rows);
    return rows;
  }

  /** A row without any hole. */
  private double[] none(Rows rows, int tick) {
    if (none.length == 0) {
      none = new double[rows.at(tick).length];
      Arrays.fill(none, NONE);
    }
    return none;
  }

  List<Rows> rows() {
    return new ArrayList<>(levels.values());
  }

  List<Kernel> kernels() {
    List<Kernel> kernels = new ArrayList<>();
    levels.forEach((window, out) -> {
      if (window == 1) {
        kernels.add(new Newest(out));
      } else {
        Split split = Split.of(window);
        kernels.add(
            new Merge(window, split.recent(), level(split.recent()), level(split.older()), out));
      }
    });
    return kernels;
  }

  private final class Newest extends Kernel {
    private final Rows out;

    Newest(Rows out) {
      this.out = out;
    }

    @Override
    void run(int tick) {
      if (validity.whole(tick)) {
        out.borrow(tick, none(out, tick));
        return;
      }
      double[] row = out.write(tick);
      long[] bits = validity.bits(tick);
      for (int i = 0; i < row.length; i++) {
        int day = tick + i / out.tile().lanes - delay;
        row[i] = !Validity.has(bits, i) && span.has(i % out.tile().lanes, day) ? 0 : NONE;
      }
    }
  }

  private final class Merge extends Kernel {
    private final int window;
    private final int m;
    private final Rows recent;
    private final Rows older;
    private final Rows out;

    Merge(int window, int m, Rows recent, Rows older, Rows out) {
      this.window = window;
      this.m = m;
      this.recent = recent;
      this.older = older;
      this.out = out;
    }

    @Override
    void run(int tick) {
      if (validity.wholeFor(tick, window)) {
        out.borrow(tick, none(out, tick));
      } else {
        apply(m, recent.at(tick), older.before(tick, m, 0), out.write(tick));
      }
    }

    private static void apply(double m, double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.max(a[i], b[i] + m);
      }
    }
  }
}

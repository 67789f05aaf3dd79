package io.qilin.core.internal.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sums of products of the deviations of two series: in a {@link ShortWindow} product by product, else merged as in {@link
 * MomentChain}, C = C_A + C_B + u_x u_y n_B/(n_A n). The chains of the two series are its own: all three go from window to
 * window together, so that u need not be kept.
 */
final class ProductChain {
  private final MomentChain x;
  private final MomentChain y;
  private final TreeMap<Integer, Rows> levels = new TreeMap<>();

  /** A chain over two chains with the same counts. */
  ProductChain(MomentChain x, MomentChain y) {
    this.x = x;
    this.y = y;
  }

  MomentChain x() {
    return x;
  }

  MomentChain y() {
    return y;
  }

  /** The rows of a window. */
  Rows level(int window) {
    Rows known = levels.get(window);
    if (known != null) {
      return known;
    }
    x.squares(window);
    y.squares(window);
    Rows rows = Rows.of(0);
    if (!ShortWindow.is(window)) {
      Split split = Split.of(window);
      level(split.recent());
      level(split.older()).keep(split.recent());
    }
    levels.put(window, rows);
    return rows;
  }

  List<Rows> rows() {
    List<Rows> rows = new ArrayList<>(levels.values());
    rows.addAll(x.rows());
    rows.addAll(y.rows());
    return rows;
  }

  /** The windows that there are, those in between among them. */
  Set<Integer> windows() {
    return Set.copyOf(levels.keySet());
  }

  List<Kernel> kernels() {
    List<Kernel> kernels = new ArrayList<>();
    levels.forEach((window, out) -> {
      if (ShortWindow.is(window)) {
        if (window > 1) {
          kernels.add(new Direct(x, y, window, out));
        }
      } else {
        kernels.addAll(x.kernels(window));
        kernels.addAll(y.kernels(window));
        Split split = Split.of(window);
        kernels.add(new Merge(
            split.recent(),
            level(split.recent()),
            level(split.older()),
            x.counts().rows(Quantity.WEIGHT, window),
            x.between(window),
            y.between(window),
            out));
      }
    });
    return kernels;
  }

  /** All sums of both series in a short window. */
  private static final class Direct extends Kernel {
    private final ShortWindow rows;
    private final MomentChain.ShortSums x;
    private final MomentChain.ShortSums y;
    private final Rows out;

    Direct(MomentChain x, MomentChain y, int window, Rows out) {
      this.rows = new ShortWindow(x.counts(), window);
      this.x = new MomentChain.ShortSums(rows, 0, x, x.squares(window));
      this.y = new MomentChain.ShortSums(rows, 1, y, y.squares(window));
      this.out = out;
    }

    @Override
    void run(int tick) {
      rows.begin(tick);
      ShortWindow.products(x.run(tick), y.run(tick), out.write(tick));
    }
  }

  private static final class Merge extends Kernel {
    private final int m;
    private final Rows recent;
    private final Rows older;
    private final Rows weight;
    private final Rows ux;
    private final Rows uy;
    private final Rows out;

    Merge(int m, Rows recent, Rows older, Rows weight, Rows ux, Rows uy, Rows out) {
      this.m = m;
      this.recent = recent;
      this.older = older;
      this.weight = weight;
      this.ux = ux;
      this.uy = uy;
      this.out = out;
    }

    @Override
    void run(int tick) {
      apply(
          recent.at(tick),
          older.before(tick, m, 0),
          weight.at(tick),
          ux.at(tick),
          uy.at(tick),
          out.write(tick));
    }

    private static void apply(
        double[] a, double[] b, double[] weight, double[] ux, double[] uy, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = a[i] + b[i] + weight[i] * (ux[i] * uy[i]);
      }
    }
  }
}

package io.qilin.core.internal.row;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The valid values of a long or endless window in order, an array a lane: a value is found by halving and moved with one
 * copy. For quantiles and ranks where a window is too long for {@link SortedWindow}.
 */
final class LaneOrder extends Kernel {
  private final int window;
  private final Value x;
  private final Validity validity;
  private final Map<Double, Rows> quantiles = new LinkedHashMap<>();
  private final Rows rank = Rows.of(Double.NaN);
  private boolean ranked;
  private Tile tile = Tile.NONE;
  private double[][] sorted = {};
  private int[] size = {};

  /**
   * An order.
   *
   * @param window rows; 0 for all so far
   */
  LaneOrder(int window, Value x, Validity validity) {
    this.window = window;
    this.x = window > 0 ? x.keep(window) : x;
    this.validity = validity;
  }

  Rows quantile(double level) {
    return quantiles.computeIfAbsent(level, q -> Rows.of(Double.NaN));
  }

  Rows rank() {
    ranked = true;
    return rank;
  }

  List<Rows> rows() {
    ArrayDeque<Rows> rows = new ArrayDeque<>(quantiles.values());
    rows.add(rank);
    return List.copyOf(rows);
  }

  @Override
  void reset() {
    Arrays.fill(size, 0);
    Arrays.fill(sorted, new double[0]);
  }

  @Override
  void allocate(Tile shape) {
    tile = shape;
    size = new int[tile.lanes];
    sorted = new double[tile.lanes][0];
  }

  @Override
  void run(int tick) {
    double[] newest = x.at(tick);
    long[] bits = validity.bits(tick);
    quantiles.forEach((level, rows) -> rows.write(tick));
    rank.write(tick);
    for (int from = 0; from < tile.width; from += tile.lanes) {
      move(tick, from, newest, bits);
      int offset = from;
      quantiles.forEach((level, rows) -> quantile(level, offset, rows.at(tick)));
      if (ranked) {
        rank(from, newest, bits, rank.at(tick));
      }
    }
  }

  private void move(int tick, int from, double[] newest, long[] bits) {
    if (window > 0) {
      double[] oldest = x.rows().before(tick, window, 0);
      for (int i = 0; i < size.length; i++) {
        if (Double.isFinite(oldest[from + i])) {
          remove(i, oldest[from + i] + 0.0);
        }
      }
    }
    for (int i = 0; i < size.length; i++) {
      if (Validity.has(bits, from + i)) {
        add(i, newest[from + i] + 0.0);
      }
    }
  }

  private void add(int lane, double value) {
    double[] values = sorted[lane];
    int n = size[lane];
    if (n == values.length) {
      values = Arrays.copyOf(values, Math.max(window > 0 ? window : 64, 2 * n));
      sorted[lane] = values;
    }
    int at = firstNotBelow(values, n, value);
    System.arraycopy(values, at, values, at + 1, n - at);
    values[at] = value;
    size[lane] = n + 1;
  }

  private void remove(int lane, double value) {
    double[] values = sorted[lane];
    int at = firstNotBelow(values, size[lane], value);
    size[lane]--;
    System.arraycopy(values, at + 1, values, at, size[lane] - at);
  }

  private static int firstNotBelow(double[] sorted, int n, double value) {
    int from = 0;
    int to = n;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] < value) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  private static int firstAbove(double[] sorted, int n, double value) {
    int from = 0;
    int to = n;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] <= value) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  private void quantile(double level, int from, double[] out) {
    for (int i = 0; i < size.length; i++) {
      if (size[i] == 0) {
        out[from + i] = Double.NaN;
      } else {
        double place = level * (size[i] - 1);
        int below = (int) place;
        double low = sorted[i][below];
        out[from + i] = place == below ? low : low + (sorted[i][below + 1] - low) * (place - below);
      }
    }
  }

  private void rank(int from, double[] newest, long[] bits, double[] out) {
    for (int i = 0; i < size.length; i++) {
      if (Validity.has(bits, from + i)) {
        int n = size[i];
        int below = firstNotBelow(sorted[i], n, newest[from + i]);
        int notAbove = firstAbove(sorted[i], n, newest[from + i]);
        out[from + i] = (below + notAbove + 1) / (2.0 * n);
      } else {
        out[from + i] = Double.NaN;
      }
    }
  }

  @Override
  long bytesPerLane() {
    return 8L * window;
  }

  @Override
  long stateBytes(int lanes) {
    long bytes = 4L * lanes;
    for (int n : size) {
      bytes += 8L * n;
    }
    return bytes;
  }

  @Override
  void save(StateWriter out, int lanes) {
    for (int i = 0; i < lanes; i++) {
      int n = size[i];
      out.integer(n);
      if (n > 0) {
        out.doubles(Arrays.copyOf(sorted[i], n));
      }
    }
  }

  @Override
  void load(StateReader in, int lanes) {
    for (int i = 0; i < lanes; i++) {
      sorted[i] = in.counted();
      size[i] = sorted[i].length;
    }
  }
}

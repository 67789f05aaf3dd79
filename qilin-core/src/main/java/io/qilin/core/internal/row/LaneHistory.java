package io.qilin.core.internal.row;

import io.qilin.core.internal.kernel.PackedSeries;
import io.qilin.core.internal.kernel.WindowFunction;
import java.util.Arrays;

/** A window of all rows so far for a function that needs them all: its cost and its memory grow with every row. */
final class LaneHistory extends Kernel {
  private final WindowFunction function;
  private final Value x;
  private final Rows out;
  private Tile tile = Tile.NONE;
  private double[][] seen = {};
  private int[] size = {};

  LaneHistory(WindowFunction function, Value x, Rows out) {
    this.function = function;
    this.x = x;
    this.out = out;
  }

  @Override
  void reset() {
    Arrays.fill(size, 0);
    Arrays.fill(seen, new double[0]);
  }

  @Override
  void allocate(Tile shape) {
    tile = shape;
    size = new int[tile.lanes];
    seen = new double[tile.lanes][0];
  }

  @Override
  void run(int tick) {
    double[] values = x.at(tick);
    double[] row = out.write(tick);
    for (int i = 0; i < row.length; i++) {
      int lane = i % tile.lanes;
      if (x.span().has(lane, tick + i / tile.lanes - x.delay())) {
        add(lane, values[i]);
        PackedSeries series = PackedSeries.of(Arrays.copyOf(seen[lane], size[lane]));
        row[i] = function.of(series, 0, size[lane]);
      } else {
        row[i] = Double.NaN;
      }
    }
  }

  private void add(int lane, double value) {
    if (seen[lane].length == size[lane]) {
      seen[lane] = Arrays.copyOf(seen[lane], Math.max(64, 2 * size[lane]));
    }
    seen[lane][size[lane]++] = value;
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
        out.doubles(Arrays.copyOf(seen[i], n));
      }
    }
  }

  @Override
  void load(StateReader in, int lanes) {
    for (int i = 0; i < lanes; i++) {
      seen[i] = in.counted();
      size[i] = seen[i].length;
    }
  }
}

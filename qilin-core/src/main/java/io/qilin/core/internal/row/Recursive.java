package io.qilin.core.internal.row;

/** Kernels that depend on all rows so far through a few numbers a lane. */
final class Recursive {
  private Recursive() {}

  /**
   * Exponentially weighted mean of the valid rows, as pandas with adjust=True and ignore_na=False: weights (1 − alpha)^age; a
   * row that is not valid repeats the value before it.
   */
  static final class ExponentialMean extends Kernel {
    private final double decay;
    private final Value x;
    private final Validity validity;
    private final Rows weight;
    private final Rows out;

    ExponentialMean(double alpha, Value x, Validity validity, Rows weight, Rows out) {
      this.decay = 1 - alpha;
      this.x = x;
      this.validity = validity;
      this.weight = weight.keep(1);
      this.out = out.keep(1);
    }

    @Override
    void run(int tick) {
      Tile tile = out.tile();
      double[] values = x.at(tick);
      long[] bits = validity.bits(tick);
      double[] mean = out.at(tick - tile.days);
      double[] weights = weight.at(tick - tile.days);
      double[] next = weight.write(tick);
      double[] row = out.write(tick);
      int before = tile.width - tile.lanes;
      for (int i = 0; i < row.length; i++, before++) {
        if (i == tile.lanes) {
          mean = row;
          weights = next;
          before = 0;
        }
        double w = weights[before] * decay;
        double m = mean[before];
        double v = values[i];
        if (Validity.has(bits, i)) {
          row[i] = w == 0 || m == v ? v : (w * m + v) / (w + 1);
          next[i] = w + 1;
        } else {
          row[i] = m;
          next[i] = w;
        }
      }
    }
  }

  /** The value of the series' first row, on all rows. */
  static final class First extends Kernel {
    private final Value x;
    private final int delay;
    private final Rows out;

    First(Value x, int delay, Rows out) {
      this.x = x;
      this.delay = delay;
      this.out = out.keep(1);
    }

    @Override
    void run(int tick) {
      Tile tile = out.tile();
      double[] values = x.at(tick);
      double[] last = out.at(tick - tile.days);
      double[] row = out.write(tick);
      for (int i = 0; i < row.length; i++) {
        int lane = i % tile.lanes;
        double before = i < tile.lanes ? last[tile.width - tile.lanes + lane] : row[i - tile.lanes];
        boolean first = tick + i / tile.lanes - delay <= x.span().first(lane);
        row[i] = first ? values[i] : before;
      }
    }
  }

  /** {@code NaN} from the first infinite value on, 0 before: what infinities do to Qlib's regressions. */
  static final class Spoilt extends Kernel {
    private final Value x;
    private final Validity validity;
    private final Rows out;
    private boolean any;

    Spoilt(Value x, Validity validity, Rows out) {
      this.x = x;
      this.validity = validity;
      this.out = out;
    }

    @Override
    void reset() {
      any = false;
    }

    @Override
    void run(int tick) {
      Tile tile = out.tile();
      double[] last = out.at(tick - tile.days);
      double[] row = out.write(tick);
      for (int from = 0; from < row.length; from += tile.lanes) {
        if (from > 0) {
          System.arraycopy(row, from - tile.lanes, row, from, tile.lanes);
        } else if (row != last || tile.days > 1) {
          System.arraycopy(last, tile.width - tile.lanes, row, 0, tile.lanes);
        }
        if (!validity.whole(tick)) {
          spoil(x.at(tick), row, from, from + tile.lanes);
        }
      }
    }

    private void spoil(double[] values, double[] row, int from, int end) {
      for (int i = from; i < end; i++) {
        if (Double.isInfinite(values[i])) {
          row[i] = Double.NaN;
          any = true;
        }
      }
    }

    @Override
    long stateBytes(int lanes) {
      return 4;
    }

    @Override
    void save(StateWriter writer, int lanes) {
      writer.integer(any ? 1 : 0);
    }

    @Override
    void load(StateReader reader, int lanes) {
      any = reader.integer() != 0;
    }
  }

  /** Makes {@code NaN} of what is spoilt. */
  static final class Spoil extends Kernel {
    private final Spoilt spoilt;
    private final Rows out;

    Spoil(Spoilt spoilt, Rows out) {
      this.spoilt = spoilt;
      this.out = out;
    }

    @Override
    void run(int tick) {
      if (spoilt.any) {
        apply(spoilt.out.at(tick), out.at(tick));
      }
    }

    private static void apply(double[] added, double[] row) {
      for (int i = 0; i < row.length; i++) {
        row[i] += added[i];
      }
    }
  }

  /** 1 where there is a value, infinite or not, else 0. */
  static final class Known extends Kernel {
    private final Value x;
    private final Rows out;

    Known(Value x, Rows out) {
      this.x = x;
      this.out = out;
    }

    @Override
    void run(int tick) {
      double[] values = x.at(tick);
      double[] row = out.write(tick);
      for (int i = 0; i < row.length; i++) {
        row[i] = Double.isNaN(values[i]) ? 0 : 1;
      }
    }
  }
}

package io.qilin.core.internal.row;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Ranks of the newest row within several windows of one series: one pass over the rows counts those below and those above,
 * and each window takes the counts as they are when the pass has reached its first row.
 *
 * <p>With b below, a above and n valid rows in a window of m, the missing ones counting as above, the average rank of ties
 * over n is (b − a + m + 1)/(2n).
 */
final class RankKernel extends Kernel {
  private final Value x;
  private final Keys keys;
  private final Counts counts;
  private final TreeMap<Integer, Rows> outs = new TreeMap<>();
  private Level[] levels = {};
  private long[] balance = {};

  RankKernel(Value x, Keys keys, Counts counts) {
    this.x = x;
    this.keys = keys;
    this.counts = counts;
  }

  /** The rows of a window. */
  Rows window(int window) {
    counts.n(window);
    keys.rows().keep(window - 1);
    return outs.computeIfAbsent(window, w -> Rows.of(Double.NaN));
  }

  List<Rows> rows() {
    return List.copyOf(outs.values());
  }

  /** What is read off at one window. */
  private record Level(int window, Rows n, Rows out) {}

  @Override
  void allocate(Tile tile) {
    balance = new long[tile.width];
    levels = outs.keySet().stream()
        .map(window -> new Level(window, counts.n(window), window(window)))
        .toArray(Level[]::new);
  }

  @Override
  void run(int tick) {
    LongRows rows = keys.rows();
    long[] newest = rows.at(tick);
    Arrays.fill(balance, 0);
    boolean comparable = keys.comparableFor(tick, levels[levels.length - 1].window());
    int age = 1;
    for (Level level : levels) {
      for (; age + 1 < level.window(); age += 2) {
        if (comparable) {
          weigh(newest, rows.before(tick, age, 0), rows.before(tick, age + 1, 1), balance);
        } else {
          weighSigned(newest, rows.before(tick, age, 0), balance);
          weighSigned(newest, rows.before(tick, age + 1, 1), balance);
        }
      }
      for (; age < level.window(); age++) {
        if (comparable) {
          weigh(newest, rows.before(tick, age, 0), balance);
        } else {
          weighSigned(newest, rows.before(tick, age, 0), balance);
        }
      }
      double[] out = level.out().write(tick);
      rank(balance, level.window() + 1.0, level.n().at(tick), x.at(tick), out);
    }
  }

  /** Adds 1 for each row below the newest and takes 1 away for each above; no difference of keys overflows. */
  private static void weigh(long[] newest, long[] one, long[] other, long[] balance) {
    for (int i = 0; i < balance.length; i++) {
      long v = newest[i];
      balance[i] += ((one[i] - v) >>> 63)
          - ((v - one[i]) >>> 63)
          + ((other[i] - v) >>> 63)
          - ((v - other[i]) >>> 63);
    }
  }

  private static void weigh(long[] newest, long[] row, long[] balance) {
    for (int i = 0; i < balance.length; i++) {
      balance[i] += ((row[i] - newest[i]) >>> 63) - ((newest[i] - row[i]) >>> 63);
    }
  }

  /** The same where differences may overflow. */
  private static void weighSigned(long[] newest, long[] row, long[] balance) {
    for (int i = 0; i < balance.length; i++) {
      balance[i] += Keys.below(row[i], newest[i]) - Keys.below(newest[i], row[i]);
    }
  }

  private static void rank(long[] balance, double add, double[] n, double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = ((double) (int) balance[i] + add) / (2 * n[i]) + 0 * x[i];
    }
  }
}

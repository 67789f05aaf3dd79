package io.qilin.benchmarks;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorBlock;
import io.qilin.api.market.Panel;
import io.qilin.data.demo.SplitMixPanel;
import java.util.function.Function;
import java.util.function.Predicate;

/** Before two engines are timed they must say the same: a quick wrong answer is no peer. */
final class Agreement {
  /** The first day on which every window of Alpha158 is full. */
  static final int FULL = 60;

  /** How far two values may lie apart, relative to the larger one or to 1: sums in another order differ so much. */
  static final double TOLERANCE = 1e-10;

  private static final int INSTRUMENTS = 4;
  private static final int DAYS = 150;

  private Agreement() {}

  /**
   * Computes small panels by Qilin and by DuckDB and compares them on full windows: all features without gaps, and all
   * but the places of extremes with gaps.
   *
   * @throws QilinException RECORD_MISMATCH with the first difference
   */
  static void check() {
    check(SplitMixPanel.dense(INSTRUMENTS, DAYS), name -> true);
    check(
        SplitMixPanel.of(INSTRUMENTS, DAYS, SplitMixPanel.SUSPENDED),
        name -> !Alpha158Sql.isPlace(name));
  }

  private static void check(Panel panel, Predicate<String> compared) {
    try (FactorBatch qilin = FactorBatch.alpha158(panel, 1);
        DuckDbAlpha158 duckDb = DuckDbAlpha158.load(panel, 1)) {
      duckDb.compute();
      requireEqual(qilin.compute(), duckDb::column, compared);
    }
  }

  /**
   * Compares features on full windows; what neither knows is equal.
   *
   * @param other values of a feature by its name, instrument by instrument
   * @param compared which features
   * @throws QilinException RECORD_MISMATCH with the first difference
   */
  static void requireEqual(
      FactorBlock qilin, Function<String, double[]> other, Predicate<String> compared) {
    int days = qilin.days().size();
    for (int column = 0; column < qilin.names().size(); column++) {
      String name = qilin.names().get(column);
      if (compared.test(name)) {
        double[] values = other.apply(name);
        for (int i = 0; i < qilin.symbols().size(); i++) {
          for (int d = FULL; d < days; d++) {
            requireEqual(name, i, d, qilin.value(column, i, d), values[i * days + d]);
          }
        }
      }
    }
  }

  private static void requireEqual(
      String name, int instrument, int day, double ours, double theirs) {
    double scale = Math.max(1, Math.max(Math.abs(ours), Math.abs(theirs)));
    boolean bothUnknown = Double.isNaN(ours) && Double.isNaN(theirs);
    if (!bothUnknown && !(Math.abs(ours - theirs) <= TOLERANCE * scale)) {
      throw new QilinException(
          ErrorCode.RECORD_MISMATCH,
          name + " of instrument " + instrument + " on day " + day + " is " + ours
              + " by Qilin and " + theirs + " by the peer; times of different work say nothing");
    }
  }
}

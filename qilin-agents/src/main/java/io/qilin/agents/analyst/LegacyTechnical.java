package io.qilin.agents.analyst;

import io.qilin.agents.internal.OwnDays;
import io.qilin.agents.internal.Series;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import java.util.List;

/**
 * The technical point table of qilin_stack, for {@link Preset#LEGACY} of the {@link MarketAnalyst}:
 * 100 points, here as fractions.
 *
 * <table>
 *   <caption>Parts; the weights add up to 1</caption>
 *   <tr><th>part</th><th>weight</th><th>value</th></tr>
 *   <tr><td>trend</td><td>0.25</td><td>1 if close &gt; SMA 5 &gt; SMA 20, else 0</td></tr>
 *   <tr><td>rsi-14d</td><td>0.25</td><td>1 in [60, 80], 0.6 in [50, 60), else 0; RSI = 100 × Σ
 *       rises / Σ |changes| of the last 14 days (Cutler)</td></tr>
 *   <tr><td>volume-ratio</td><td>0.20</td><td>1 in [1.5, 3], else 0; the amount over the mean of
 *       the 5 days before</td></tr>
 *   <tr><td>resistance</td><td>0.15</td><td>1 if the highest high of 60 days is more than 5 % above
 *       the close, else 0</td>
 *       </tr>
 *   <tr><td>pattern</td><td>0.15</td><td>never known: the original names no definition</td></tr>
 * </table>
 *
 * <p>Where it differs: the original gives 31 of 100 points to a share without any data, here it
 * abstains; the original's lengths of RSI and resistance are not stated, here they are. A close at
 * its 60-day high has distance 0 and earns no points, as there.
 */
final class LegacyTechnical {
  static final ScoreSheet SHEET = new ScoreSheet(
      MarketAnalyst.ID,
      List.of(
          new ScoreSheet.Part("trend", "1", 250, "bars"),
          new ScoreSheet.Part("rsi-14d", "1", 250, "bars"),
          new ScoreSheet.Part("volume-ratio", "1", 200, "bars"),
          new ScoreSheet.Part("resistance", "fraction", 150, "bars"),
          new ScoreSheet.Part("pattern", "1", 150, "none")));

  private LegacyTechnical() {}

  static ScoreSheet.Row row(OwnDays days, Panel raw) {
    double[] close = days.values(Field.CLOSE);
    double[] high = days.values(Field.HIGH, 60);
    double last = Series.ago(close, 0);
    double short5 = Series.mean(close, 5);
    double long20 = Series.mean(close, 20);
    double rising =
        Double.isNaN(last + long20) ? Double.NaN : last > short5 && short5 > long20 ? 1 : 0;
    double rsi = rsi(close);
    double ratio = volumeRatio(days.amounts(raw, 6));
    double room = highest(high) / last - 1;
    return SHEET
        .row()
        .set(0, rising, rising)
        .set(1, rsi, Points.from(rsi, 0, Math.nextUp(80.0), 0, 60, 1, 50, 0.6))
        .set(2, ratio, Points.from(ratio, 0, Math.nextUp(3.0), 0, 1.5, 1))
        .set(3, room, Points.above(room, 0, 0.05, 1));
  }

  private static double rsi(double[] close) {
    int count = 14;
    if (close.length <= count) {
      return Double.NaN;
    }
    double rises = 0;
    double changes = 0;
    for (int k = close.length - count; k < close.length; k++) {
      double change = close[k] - close[k - 1];
      rises += Math.max(0, change);
      changes += Math.abs(change);
    }
    return changes == 0 ? 50 : 100 * rises / changes;
  }

  private static double volumeRatio(double[] amount) {
    if (amount.length < 6) {
      return Double.NaN;
    }
    double[] before = java.util.Arrays.copyOf(amount, amount.length - 1);
    return Series.ago(amount, 0) / Series.mean(before, 5);
  }

  private static double highest(double[] high) {
    int count = 60;
    if (high.length < count) {
      return Double.NaN;
    }
    double highest = Double.NEGATIVE_INFINITY;
    for (int k = high.length - count; k < high.length; k++) {
      highest = Math.max(highest, high[k]);
    }
    return highest;
  }
}

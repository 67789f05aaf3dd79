package io.qilin.agents.analyst;

import io.qilin.agents.internal.OwnDays;
import io.qilin.agents.internal.Series;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import java.util.List;

/** The raw values of {@link MarketAnalyst}'s standard formula sheet, for one share. */
final class MarketMeasures {
  private static final int TREND_200 = 0;
  private static final int TREND_50 = 1;
  private static final int MOMENTUM_250 = 2;
  private static final int MOMENTUM_60 = 3;
  private static final int VOLATILITY = 4;
  private static final int RANGE = 5;
  private static final int VOLUME_TREND = 6;
  private static final int UP_VOLUME = 7;

  static final ScoreSheet SHEET = new ScoreSheet(
      MarketAnalyst.ID,
      List.of(
          new ScoreSheet.Part("trend-200d", "fraction", 150, "bars"),
          new ScoreSheet.Part("trend-50d", "fraction", 150, "bars"),
          new ScoreSheet.Part("momentum-250d", "fraction", 150, "bars"),
          new ScoreSheet.Part("momentum-60d", "fraction", 150, "bars"),
          new ScoreSheet.Part("volatility-20d", "fraction", 100, "bars"),
          new ScoreSheet.Part("range-14d", "fraction", 100, "bars"),
          new ScoreSheet.Part("volume-trend", "1", 100, "bars"),
          new ScoreSheet.Part("up-volume-20d", "fraction", 100, "bars")));

  private MarketMeasures() {}

  static boolean lowIsBetter(int part) {
    return part == VOLATILITY || part == RANGE;
  }

  /** The raw values, none normalised yet. */
  static ScoreSheet.Row row(OwnDays days, Panel raw) {
    double[] close = days.values(Field.CLOSE);
    double[] amount = days.amounts(raw, 60);
    double last = Series.ago(close, 0);
    ScoreSheet.Row row = SHEET.row();
    measure(row, TREND_200, last / Series.mean(close, 200) - 1);
    measure(row, TREND_50, last / Series.mean(close, 50) - 1);
    measure(row, MOMENTUM_250, Series.ago(close, 20) / Series.ago(close, 249) - 1);
    measure(row, MOMENTUM_60, last / Series.ago(close, 60) - 1);
    measure(row, VOLATILITY, Series.volatility(close, 20));
    measure(row, RANGE, range(close, days) / last);
    measure(row, VOLUME_TREND, Series.mean(amount, 5) / Series.mean(amount, 60));
    measure(row, UP_VOLUME, upShare(close, amount));
    return row;
  }

  private static void measure(ScoreSheet.Row row, int part, double raw) {
    row.set(part, raw, Double.NaN);
  }

  /** The mean true range of the last 14 days. */
  private static double range(double[] close, OwnDays days) {
    int count = 14;
    if (close.length <= count) {
      return Double.NaN;
    }
    double[] high = days.values(Field.HIGH, count);
    double[] low = days.values(Field.LOW, count);
    double sum = 0;
    for (int k = 0; k < count; k++) {
      double before = close[close.length - count + k - 1];
      sum += Math.max(high[k], before) - Math.min(low[k], before);
    }
    return sum / count;
  }

  /** The share of the last 20 days' amount that was traded on rising days. */
  private static double upShare(double[] close, double[] amount) {
    int count = 20;
    if (close.length <= count) {
      return Double.NaN;
    }
    double up = 0;
    double all = 0;
    for (int ago = count - 1; ago >= 0; ago--) {
      double traded = Series.ago(amount, ago);
      up += Series.ago(close, ago) > Series.ago(close, ago + 1) ? traded : 0 * traded;
      all += traded;
    }
    return up / all;
  }
}

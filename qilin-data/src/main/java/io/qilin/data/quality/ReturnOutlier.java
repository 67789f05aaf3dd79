package io.qilin.data.quality;

import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.core.rules.MarketRuleBook;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Log returns, after adjustment, that lie more than five robust standard deviations (1.4826 × median absolute deviation)
 * from an instrument's median, where no price limit explains or forbids them: data of other exchanges, indices, and rows
 * from before the limits of 1996. A jump that is undone the next day looks like a wrong price and counts as bad; any
 * other is told as INFO, as markets do jump. Instruments with fewer than {@value #ENOUGH} returns are not judged.
 */
final class ReturnOutlier extends SeriesCheck {
  static final int ENOUGH = 20;
  private static final double FAR = 5;

  private final LocalDate limitsBegin;

  ReturnOutlier(MarketRuleBook book) {
    super("return-outlier", QualityDimension.ACCURACY, View.AS_READ, List.of(Field.CLOSE));
    this.limitsBegin = book.firstDay();
  }

  @Override
  Judge start(QualityInput input, Panel panel, FindingList findings) {
    boolean scaled = panel.adjustment() == Adjustment.RAW && panel.has(Field.FACTOR);
    return series -> {
      boolean limited = MarketRuleBook.boardOf(series.symbol()).isPresent();
      double[] close = series.column(Field.CLOSE);
      double[] factor = series.column(Field.FACTOR);
      int[] rows = new int[close.length];
      double[] returns = new double[close.length];
      int count = 0;
      double last = Double.NaN;
      for (int row = 0; row < close.length; row++) {
        if (limited && !series.day(row).isBefore(limitsBegin)) {
          break;
        }
        double price = scaled ? close[row] * factor[row] : close[row];
        if (!(price > 0 && price < Double.POSITIVE_INFINITY)) {
          continue;
        }
        if (last > 0) {
          rows[count] = row;
          returns[count++] = StrictMath.log(price / last);
        }
        last = price;
      }
      if (count >= ENOUGH) {
        judge(series, rows, Arrays.copyOf(returns, count), findings);
      }
    };
  }

  private static void judge(Series series, int[] rows, double[] returns, FindingList findings) {
    double[] sorted = returns.clone();
    double median = Numbers.median(sorted, sorted.length);
    double sigma = Numbers.robustSigma(returns, returns.length, median);
    findings.judged(returns.length);
    for (int i = 0; sigma > 0 && i < returns.length; i++) {
      double z = (returns[i] - median) / sigma;
      if (Math.abs(z) <= FAR) {
        continue;
      }
      double value = returns[i];
      boolean undone = i + 1 < returns.length
          && Math.abs(returns[i] + returns[i + 1]) < 0.2 * Math.abs(returns[i]);
      boolean undoes =
          i > 0 && Math.abs(returns[i] + returns[i - 1]) < 0.2 * Math.abs(returns[i - 1]);
      if (undone && !undoes) {
        findings.bad(
            QualitySeverity.WARNING,
            series,
            rows[i],
            Field.CLOSE,
            value,
            () -> told(value, z) + ", undone the next day: perhaps a wrong price");
      } else if (!undoes) {
        findings.place(
            QualitySeverity.INFO,
            series.symbol(),
            series.day(rows[i]),
            Optional.of(Field.CLOSE),
            value,
            () -> told(value, z));
      }
    }
  }

  private static String told(double value, double z) {
    return String.format(Locale.ROOT, "log return %.4f is %.1f robust deviations away", value, z);
  }
}

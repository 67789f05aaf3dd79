package io.qilin.data.quality;

import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Amount / volume, the average price paid, lies between the raw low and high of the day. First the units are recognised
 * from the median over many rows: a data set in lots of 100 shares or in thousands of yuan gets one CRITICAL finding that
 * says so, and its rows are judged in its own units. What rounding can do is allowed: one lot where volume is a whole
 * number of lots, else one share, and one yuan, thousand or ten thousand yuan as the amount's last digits suggest.
 */
final class AveragePrice extends SeriesCheck {
  private static final double[] SCALES = {1, 100, 0.1, 1e-3, 1e-4, 0.01, 10};
  private static final String[] SCALE_MEANS = {
    "",
    "volume looks like lots of 100 shares",
    "volume looks like lots of 100 shares and amount like thousands of yuan",
    "amount looks like thousands of yuan",
    "amount looks like ten thousands of yuan (万元)",
    "volume looks like lots of 100 shares and amount like ten thousands of yuan",
    "amount looks like ten times a yuan"
  };
  private static final double UNIT_TOLERANCE = 0.25;

  /** From how many rows at most the units are recognised. */
  private static final int SAMPLE = 20_000;

  /** Fewer rows than this say nothing about units. */
  private static final int ENOUGH = 20;

  AveragePrice() {
    super(
        "average-price",
        QualityDimension.CONSISTENCY,
        View.RAW,
        List.of(Field.AMOUNT, Field.VOLUME, Field.HIGH, Field.LOW));
  }

  @Override
  Judge start(QualityInput input, Panel panel, FindingList findings) {
    int unit = unit(panel);
    double scale = SCALES[unit];
    if (unit != 0) {
      findings.note(
          QualitySeverity.CRITICAL,
          Optional.of(scale == 100 || scale == 0.1 || scale == 0.01 ? Field.VOLUME : Field.AMOUNT),
          scale,
          SCALE_MEANS[unit]
              + "; Qilin needs shares and yuan, so set the unit where the data is read");
    }
    double sharesPerUnit = scale == 100 || scale == 0.1 || scale == 0.01 ? 100 : 1;
    double priceStep = input.bars().panel().adjustment() == Adjustment.RAW ? 1e-6 : 0.0051;
    return series -> judge(series, scale, sharesPerUnit, priceStep, findings);
  }

  private static boolean isBeyondRounding(
      double average, double low, double high, double shares, double priceStep) {
    double tolerance = priceStep + rounding(average, shares);
    return average < low - tolerance || average > high + tolerance;
  }

  /** By how much an average price may be off because volume and amount were rounded, as their digits suggest. */
  private static double rounding(double average, double shares) {
    double shareStep = shares % 100 == 0 ? 100 : 1;
    double yuan = Math.rint(average * shares);
    double yuanStep = yuan % 10_000 == 0 ? 10_000 : yuan % 1000 == 0 ? 1000 : 1;
    return (average * shareStep + yuanStep) / shares;
  }

  private static void judge(
      Series series, double scale, double sharesPerUnit, double priceStep, FindingList findings) {
    double[] amount = series.column(Field.AMOUNT);
    double[] volume = series.column(Field.VOLUME);
    double[] high = series.column(Field.HIGH);
    double[] low = series.column(Field.LOW);
    for (int row = 0; row < amount.length; row++) {
      if (!(volume[row] > 0 && amount[row] >= 0 && low[row] > 0 && high[row] >= low[row])) {
        continue;
      }
      findings.judged(1);
      double average = amount[row] / volume[row] / scale;
      boolean inside = average >= low[row] - priceStep && average <= high[row] + priceStep;
      if (!inside
          && isBeyondRounding(
              average, low[row], high[row], volume[row] * sharesPerUnit, priceStep)) {
        double bottom = low[row];
        double top = high[row];
        findings.bad(
            QualitySeverity.ERROR,
            series,
            row,
            Field.AMOUNT,
            amount[row],
            () -> String.format(
                Locale.ROOT,
                "amount / volume is %.4f, outside the day's low %.4f and high %.4f",
                average,
                bottom,
                top));
      }
    }
  }

  /** Which of the known units the data is in: 0 for shares and yuan, also if none fits. */
  private static int unit(Panel panel) {
    double[] ratios = new double[SAMPLE];
    int perSeries = Math.max(1, SAMPLE / panel.symbols().size());
    int count = 0;
    for (int i = 0; i < panel.symbols().size() && count < SAMPLE; i++) {
      count = sample(new Series(panel, i), ratios, count, Math.min(SAMPLE, count + perSeries));
    }
    if (count < ENOUGH) {
      return 0;
    }
    double median = Numbers.median(ratios, count);
    for (int unit = 0; unit < SCALES.length; unit++) {
      if (Math.abs(median / SCALES[unit] - 1) < UNIT_TOLERANCE) {
        return unit;
      }
    }
    return 0;
  }

  /** Adds the ratio of the average price to the middle of the day for rows spread over the series. */
  private static int sample(Series series, double[] ratios, int from, int to) {
    double[] amount = series.column(Field.AMOUNT);
    double[] volume = series.column(Field.VOLUME);
    double[] high = series.column(Field.HIGH);
    double[] low = series.column(Field.LOW);
    int step = Math.max(1, series.length() / (to - from));
    int count = from;
    for (int row = 0; row < series.length() && count < to; row += step) {
      double ratio = amount[row] / volume[row] / (0.5 * (high[row] + low[row]));
      if (ratio > 0 && ratio < Double.POSITIVE_INFINITY) {
        ratios[count++] = ratio;
      }
    }
    return count;
  }
}

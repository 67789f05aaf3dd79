package io.qilin.data.quality;

import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import java.util.List;
import java.util.Locale;

/**
 * The reference price is the raw close of the day before, except on an ex-date, on which the factor changes in
 * proportion. Without {@code $factor} only a reference above the last close is doubtful, as a payout lowers it. Judges
 * rows that directly follow a row; a gap is {@link AbsentRows}'s.
 */
final class PreviousClose extends SeriesCheck {
  private static final double TICK = 0.01;

  /** By how much the ratio of two written-out factors may be off. */
  private static final double RATIO_TOLERANCE = 0.005;

  PreviousClose() {
    super(
        "previous-close",
        QualityDimension.CONSISTENCY,
        View.RAW,
        List.of(Field.PRE_CLOSE, Field.CLOSE));
  }

  @Override
  Judge start(QualityInput input, Panel panel, FindingList findings) {
    boolean converted = input.bars().panel().adjustment() != Adjustment.RAW;
    double tolerance = (converted ? 1.5 : 0.5) * TICK;
    boolean hasFactor = panel.has(Field.FACTOR);
    return series -> {
      double[] close = series.column(Field.CLOSE);
      double[] reference = series.column(Field.PRE_CLOSE);
      double[] factor = series.column(Field.FACTOR);
      for (int row = 1; row < close.length; row++) {
        double last = close[row - 1];
        double price = reference[row];
        boolean judged = last > 0
            && !Double.isNaN(price)
            && (!hasFactor || (factor[row] > 0 && factor[row - 1] > 0));
        if (judged) {
          findings.judged(1);
          double payout = hasFactor ? factor[row] / factor[row - 1] : Double.NaN;
          judge(series, row, last, price, payout, tolerance, findings);
        }
      }
    };
  }

  private static void judge(
      Series series,
      int row,
      double last,
      double price,
      double payout,
      double tolerance,
      FindingList findings) {
    double off = Math.abs(price - last);
    if (Double.isNaN(payout)) {
      if (price > last + tolerance) {
        findings.bad(
            QualitySeverity.WARNING,
            series,
            row,
            Field.PRE_CLOSE,
            price,
            () -> told(price, last, "; no payout raises it"));
      }
    } else if (Math.abs(payout - 1) < 1e-7) {
      if (off > tolerance) {
        findings.bad(
            QualitySeverity.ERROR,
            series,
            row,
            Field.PRE_CLOSE,
            price,
            () -> told(price, last, ", and the factor does not change"));
      }
    } else if (Math.abs(price - last / payout) > 2 * TICK + RATIO_TOLERANCE * last) {
      findings.bad(
          QualitySeverity.WARNING,
          series,
          row,
          Field.PRE_CLOSE,
          price,
          () -> told(
              price, last, String.format(Locale.ROOT, ", but the factor changes by %.6f", payout)));
    }
  }

  private static String told(double price, double last, String more) {
    return String.format(
        Locale.ROOT, "reference price %.4f is not the close before, %.4f%s", price, last, more);
  }
}

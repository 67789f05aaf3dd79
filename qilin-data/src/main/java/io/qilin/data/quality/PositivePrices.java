package io.qilin.data.quality;

import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import java.util.List;

/**
 * Every price is above zero. In forward-adjusted data, some of which subtracts dividends instead of dividing, it is a
 * warning only.
 */
final class PositivePrices extends SeriesCheck {
  PositivePrices() {
    super("price-not-positive", QualityDimension.CONSISTENCY, View.AS_READ, List.of());
  }

  @Override
  Judge start(QualityInput input, Panel panel, FindingList findings) {
    boolean forward = panel.adjustment() == Adjustment.FORWARD;
    return series -> {
      boolean[] known = new boolean[series.length()];
      boolean[] told = new boolean[series.length()];
      for (Field field : BarFields.PRICES) {
        if (panel.has(field)) {
          judge(series, field, forward, known, told, findings);
        }
      }
      for (boolean row : known) {
        findings.judged(row ? 1 : 0);
      }
    };
  }

  private static void judge(
      Series series,
      Field field,
      boolean forward,
      boolean[] known,
      boolean[] told,
      FindingList findings) {
    double[] prices = series.column(field);
    QualitySeverity severity =
        forward && field.isPrice() ? QualitySeverity.WARNING : QualitySeverity.ERROR;
    for (int row = 0; row < prices.length; row++) {
      double price = prices[row];
      known[row] |= !Double.isNaN(price);
      if (price <= 0 && !told[row]) {
        told[row] = true;
        findings.bad(
            severity,
            series,
            row,
            field,
            price,
            () -> field + " is " + price + ", a price is above 0");
      }
    }
  }
}

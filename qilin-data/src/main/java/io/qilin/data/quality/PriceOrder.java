package io.qilin.data.quality;

import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import java.util.List;

/** Low ≤ open, close ≤ high in every row. A field that is not known is passed over. */
final class PriceOrder extends SeriesCheck {
  PriceOrder() {
    super("price-order", QualityDimension.CONSISTENCY, View.AS_READ, List.of());
  }

  @Override
  Judge start(QualityInput input, Panel panel, FindingList findings) {
    return series -> {
      double[] open = series.column(Field.OPEN);
      double[] high = series.column(Field.HIGH);
      double[] low = series.column(Field.LOW);
      double[] close = series.column(Field.CLOSE);
      for (int row = 0; row < open.length; row++) {
        boolean judged = known(high[row]) + known(low[row]) > 0
            && known(open[row]) + known(high[row]) + known(low[row]) + known(close[row]) > 1;
        if (judged) {
          findings.judged(1);
          judge(series, row, open[row], high[row], low[row], close[row], findings);
        }
      }
    };
  }

  private static int known(double value) {
    return Double.isNaN(value) ? 0 : 1;
  }

  private static void judge(
      Series series,
      int row,
      double open,
      double high,
      double low,
      double close,
      FindingList findings) {
    if (high < low) {
      findings.bad(
          QualitySeverity.ERROR,
          series,
          row,
          Field.HIGH,
          high,
          () -> "high " + high + " is below low " + low);
    } else if (open > high || close > high) {
      Field field = open > high ? Field.OPEN : Field.CLOSE;
      double price = open > high ? open : close;
      findings.bad(
          QualitySeverity.ERROR,
          series,
          row,
          field,
          price,
          () -> field + " " + price + " is above high " + high);
    } else if (open < low || close < low) {
      Field field = open < low ? Field.OPEN : Field.CLOSE;
      double price = open < low ? open : close;
      findings.bad(
          QualitySeverity.ERROR,
          series,
          row,
          field,
          price,
          () -> field + " " + price + " is below low " + low);
    }
  }
}

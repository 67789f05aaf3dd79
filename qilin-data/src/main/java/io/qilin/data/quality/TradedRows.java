package io.qilin.data.quality;

import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import java.util.List;

/**
 * Shares are traded exactly on the days that have prices. A row with volume 0 and one flat price, as some vendors write
 * for a suspended day, is a warning: it belongs left out.
 */
final class TradedRows extends SeriesCheck {
  TradedRows() {
    super(
        "traded-row",
        QualityDimension.CONSISTENCY,
        View.AS_READ,
        List.of(Field.VOLUME, Field.CLOSE));
  }

  @Override
  Judge start(QualityInput input, Panel panel, FindingList findings) {
    return series -> {
      double[] volume = series.column(Field.VOLUME);
      double[] amount = series.column(Field.AMOUNT);
      double[] close = series.column(Field.CLOSE);
      double[] high = series.column(Field.HIGH);
      double[] low = series.column(Field.LOW);
      for (int row = 0; row < volume.length; row++) {
        if (!Double.isNaN(volume[row]) && !(volume[row] == 0 && Double.isNaN(close[row]))) {
          findings.judged(1);
          judge(series, row, volume[row], amount[row], close[row], high[row] > low[row], findings);
        }
      }
    };
  }

  private static void judge(
      Series series,
      int row,
      double volume,
      double amount,
      double close,
      boolean moves,
      FindingList findings) {
    if (volume > 0 && Double.isNaN(close)) {
      findings.bad(
          QualitySeverity.ERROR,
          series,
          row,
          Field.CLOSE,
          close,
          () -> volume + " shares were traded, but there is no close");
    } else if (volume == 0 && (moves || amount > 0)) {
      findings.bad(
          QualitySeverity.ERROR,
          series,
          row,
          Field.VOLUME,
          volume,
          () -> "volume is 0, but " + (moves ? "the price moved" : "amount is " + amount));
    } else if (volume == 0) {
      findings.bad(
          QualitySeverity.WARNING,
          series,
          row,
          Field.VOLUME,
          volume,
          () -> "volume is 0 with a price of " + close
              + ": a filled-in day without trading should be left out");
    } else if (volume > 0 && amount == 0) {
      findings.bad(
          QualitySeverity.ERROR,
          series,
          row,
          Field.AMOUNT,
          amount,
          () -> volume + " shares were traded, but amount is 0");
    }
  }
}

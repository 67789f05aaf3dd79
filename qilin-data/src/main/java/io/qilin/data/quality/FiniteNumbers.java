package io.qilin.data.quality;

import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import java.util.List;

/** No value of a bar is infinite. */
final class FiniteNumbers extends SeriesCheck {
  FiniteNumbers() {
    super("not-finite", QualityDimension.VALIDITY, View.AS_READ, List.of());
  }

  @Override
  Judge start(QualityInput input, Panel panel, FindingList findings) {
    return series -> {
      boolean[] known = new boolean[series.length()];
      boolean[] told = new boolean[series.length()];
      for (Field field : panel.fields()) {
        double[] values = series.column(field);
        for (int row = 0; row < values.length; row++) {
          double value = values[row];
          known[row] |= !Double.isNaN(value);
          if (Double.isInfinite(value) && !told[row]) {
            told[row] = true;
            findings.bad(
                QualitySeverity.ERROR, series, row, field, value, () -> field + " is " + value);
          }
        }
      }
      for (boolean row : known) {
        findings.judged(row ? 1 : 0);
      }
    };
  }
}

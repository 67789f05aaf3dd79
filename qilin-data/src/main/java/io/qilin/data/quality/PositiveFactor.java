package io.qilin.data.quality;

import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import java.util.List;

/** The adjustment factor is above zero. */
final class PositiveFactor extends SeriesCheck {
  PositiveFactor() {
    super("factor-not-positive", QualityDimension.VALIDITY, View.AS_READ, List.of(Field.FACTOR));
  }

  @Override
  Judge start(QualityInput input, Panel panel, FindingList findings) {
    return series -> {
      double[] factors = series.column(Field.FACTOR);
      for (int row = 0; row < factors.length; row++) {
        double factor = factors[row];
        if (!Double.isNaN(factor)) {
          findings.judged(1);
          if (factor <= 0) {
            findings.bad(
                QualitySeverity.ERROR,
                series,
                row,
                Field.FACTOR,
                factor,
                () -> "factor is " + factor);
          }
        }
      }
    };
  }
}

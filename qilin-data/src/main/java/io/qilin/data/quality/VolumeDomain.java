package io.qilin.data.quality;

import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import java.util.List;

/** Volume is a whole number of shares and, as the amount, not negative. A fraction of a share is a warning. */
final class VolumeDomain extends SeriesCheck {
  /** Volumes above this may carry the rounding of a conversion. */
  private static final double EXACT = 1e9;

  VolumeDomain() {
    super("volume-domain", QualityDimension.VALIDITY, View.AS_READ, List.of());
  }

  @Override
  Judge start(QualityInput input, Panel panel, FindingList findings) {
    return series -> {
      double[] volume = series.column(Field.VOLUME);
      double[] amount = series.column(Field.AMOUNT);
      for (int row = 0; row < volume.length; row++) {
        double shares = volume[row];
        double yuan = amount[row];
        if (Double.isNaN(shares) && Double.isNaN(yuan)) {
          continue;
        }
        findings.judged(1);
        if (shares < 0) {
          findings.bad(
              QualitySeverity.ERROR,
              series,
              row,
              Field.VOLUME,
              shares,
              () -> "volume is negative: " + shares);
        } else if (yuan < 0) {
          findings.bad(
              QualitySeverity.ERROR,
              series,
              row,
              Field.AMOUNT,
              yuan,
              () -> "amount is negative: " + yuan);
        } else if (shares < EXACT && shares != Math.rint(shares)) {
          findings.bad(
              QualitySeverity.WARNING,
              series,
              row,
              Field.VOLUME,
              shares,
              () -> "volume " + shares
                  + " is no whole number of shares; it may be adjusted or in another unit");
        }
      }
    };
  }
}

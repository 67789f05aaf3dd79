package io.qilin.testkit;

import io.qilin.api.check.CheckOutcome;
import io.qilin.api.check.QualityCheck;
import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualitySeverity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A correct check, from which the defective ones of the tests differ in one thing: no volume is below zero. */
class NegativeVolumeCheck implements QualityCheck {
  @Override
  public String rule() {
    return "negative-volume";
  }

  @Override
  public QualityDimension dimension() {
    return QualityDimension.VALIDITY;
  }

  @Override
  public CheckOutcome check(QualityInput input) {
    Panel panel = input.bars().panel();
    if (!panel.has(Field.VOLUME)) {
      return CheckOutcome.NOT_APPLICABLE;
    }
    long judged = 0;
    List<QualityFinding> findings = new ArrayList<>();
    for (int i = 0; i < panel.symbols().size(); i++) {
      for (int d = 0; d < panel.days().size(); d++) {
        double volume = panel.value(Field.VOLUME, i, d);
        judged += Double.isNaN(volume) ? 0 : 1;
        if (volume < 0) {
          findings.add(finding(panel, i, d, volume));
        }
      }
    }
    return outcome(judged, findings);
  }

  /** The outcome; a defect overrides it. */
  CheckOutcome outcome(long judged, List<QualityFinding> findings) {
    return new CheckOutcome(judged, findings.size(), findings);
  }

  /** One finding; a defect overrides it. */
  QualityFinding finding(Panel panel, int instrument, int day, double volume) {
    return new QualityFinding(
        rule(),
        dimension(),
        QualitySeverity.ERROR,
        Optional.of(panel.symbols().get(instrument)),
        Optional.of(panel.days().get(day)),
        Optional.of(Field.VOLUME),
        volume,
        "the volume " + volume + " is negative");
  }
}

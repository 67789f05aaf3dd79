package io.qilin.data.quality;

import io.qilin.api.check.CheckOutcome;
import io.qilin.api.check.QualityCheck;
import io.qilin.api.check.QualityInput;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;

/**
 * No row comes twice. A panel cannot hold duplicates, so the source tells of them in its findings; those of the dimension
 * UNIQUENESS are counted here, with the severity that the source gave them: rows that contradict each other are CRITICAL.
 */
final class DuplicateRows implements QualityCheck {
  @Override
  public String rule() {
    return "duplicate-row";
  }

  @Override
  public QualityDimension dimension() {
    return QualityDimension.UNIQUENESS;
  }

  @Override
  public CheckOutcome check(QualityInput input) {
    FindingList findings = new FindingList(rule(), dimension());
    findings.judged(input.bars().rowsRead());
    for (QualityFinding finding : input.bars().findings()) {
      if (finding.dimension() == dimension()) {
        findings.bad(ReadFindings.count(finding));
        findings.adopt(finding);
      }
    }
    return findings.outcome();
  }
}

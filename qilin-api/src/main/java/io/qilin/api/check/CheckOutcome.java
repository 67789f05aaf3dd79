package io.qilin.api.check;

import io.qilin.api.error.QilinException;
import io.qilin.api.quality.QualityFinding;
import java.util.List;

/**
 * What one check saw.
 *
 * @param judged rows (or cells, as the check documents) that it could judge; 0 means "not applicable", never "perfect"
 * @param bad how many of them break the rule; may be more than the findings, which are capped
 * @param findings the first places, in the order of symbol and day
 */
public record CheckOutcome(long judged, long bad, List<QualityFinding> findings) {
  /** The rule does not apply to this data set. */
  public static final CheckOutcome NOT_APPLICABLE = new CheckOutcome(0, 0, List.of());

  /**
   * Copies the findings.
   *
   * @throws QilinException INVALID_ARGUMENT unless {@code 0 <= bad <= judged}
   */
  public CheckOutcome {
    if (bad < 0 || bad > judged) {
      throw QilinException.invalid(
          "bad must be between 0 and judged, was " + bad + " of " + judged);
    }
    findings = List.copyOf(findings);
  }
}

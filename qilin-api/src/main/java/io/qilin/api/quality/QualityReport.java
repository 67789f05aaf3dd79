package io.qilin.api.quality;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How far a data set can be trusted.
 *
 * <p>A dimension's score is 1 − bad / judged, where bad adds up over its checks and judged is the most that one of them judged. The overall score is the mean of the applicable
 * dimensions, weighted by {@link QualityDimension#weight()}; a CRITICAL finding caps it at 0.5. Without any applicable
 * dimension it is {@code NaN}.
 *
 * @param judgedAt when
 * @param rows rows of the data set
 * @param scores score in [0, 1] of each applicable dimension; a dimension that is absent was not applicable
 * @param overall the overall score in [0, 1], or {@code NaN}
 * @param findings the places, worst first; capped
 * @param bad how many rows or cells broke each rule, by rule; not capped
 */
public record QualityReport(
    Instant judgedAt,
    long rows,
    Map<QualityDimension, Double> scores,
    double overall,
    List<QualityFinding> findings,
    Map<String, Long> bad) {
  /** The overall score below which an alert is due: 0.8. */
  public static final double ALERT_BELOW = 0.8;

  /**
   * Copies the collections.
   *
   * @throws QilinException INVALID_ARGUMENT for a score outside [0, 1] or a negative count
   */
  public QualityReport {
    Objects.requireNonNull(judgedAt, "judgedAt");
    Map<QualityDimension, Double> copy = new EnumMap<>(QualityDimension.class);
    copy.putAll(scores);
    scores = Collections.unmodifiableMap(copy);
    findings = List.copyOf(findings);
    bad = Collections.unmodifiableMap(new TreeMap<>(bad));
    if (rows < 0 || bad.values().stream().anyMatch(count -> count < 0)) {
      throw QilinException.invalid("counts of rows cannot be negative: " + rows + ", " + bad);
    }
    if (overall < 0 || overall > 1 || scores.values().stream().anyMatch(s -> !(s >= 0 && s <= 1))) {
      throw QilinException.invalid("scores are in [0, 1], were " + scores + ", overall " + overall);
    }
  }

  /** Whether an alert is due: the overall score is below 0.8 or unknown. */
  public boolean alert() {
    return !(overall >= ALERT_BELOW);
  }
}

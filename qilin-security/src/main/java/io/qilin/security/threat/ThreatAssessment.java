package io.qilin.security.threat;

import io.qilin.api.error.QilinException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A score with what it is made of, for the record. Immutable.
 *
 * @param score in [0, 1]
 * @param severity of the score
 * @param verdict what follows from it
 * @param contributions weight × score of each signal, by its id
 */
public record ThreatAssessment(
    double score,
    ThreatSeverity severity,
    ThreatVerdict verdict,
    Map<String, Double> contributions) {
  /**
   * Checks the score and copies the contributions, sorted by name.
   *
   * @throws QilinException INVALID_ARGUMENT if the score is not a number in [0, 1]
   */
  public ThreatAssessment {
    if (!(score >= 0 && score <= 1)) {
      throw QilinException.invalid("a threat score is in [0, 1], was " + score);
    }
    contributions = Collections.unmodifiableMap(new TreeMap<>(contributions));
  }
}

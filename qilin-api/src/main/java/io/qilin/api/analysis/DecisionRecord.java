package io.qilin.api.analysis;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that is needed to repeat a decision and to see that it comes out the same, to the last bit.
 *
 * @param schema version of this form, 1
 * @param qilin version of Qilin that decided
 * @param day the day whose evening the decision was taken
 * @param session the trading day it is meant for
 * @param copyOf when the bars were fetched, if they were a kept copy that stood for a source that had failed
 * @param inputs SHA-256, in hex, of each input by name: {@code bars}, {@code securities}, {@code factors}, {@code
 *     portfolio}, {@code rules}
 * @param settings the desk's settings by name, as text
 * @param candidates all shares that were scored, best first
 * @param recommendations at most two unless set otherwise
 */
public record DecisionRecord(
    int schema,
    String qilin,
    LocalDate day,
    LocalDate session,
    Optional<Instant> copyOf,
    Map<String, String> inputs,
    Map<String, String> settings,
    List<Candidate> candidates,
    List<Recommendation> recommendations) {
  /** Copies the collections. */
  public DecisionRecord {
    Objects.requireNonNull(qilin, "qilin");
    Objects.requireNonNull(day, "day");
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(copyOf, "copyOf");
    inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    candidates = List.copyOf(candidates);
    recommendations = List.copyOf(recommendations);
  }

  /** A decision on bars that their source had just served. */
  public DecisionRecord(
      int schema,
      String qilin,
      LocalDate day,
      LocalDate session,
      Map<String, String> inputs,
      Map<String, String> settings,
      List<Candidate> candidates,
      List<Recommendation> recommendations) {
    this(
        schema,
        qilin,
        day,
        session,
        Optional.empty(),
        inputs,
        settings,
        candidates,
        recommendations);
  }

  /** The same decision with another word on whether its bars were a kept copy. */
  public DecisionRecord withCopyOf(Optional<Instant> fetched) {
    return new DecisionRecord(
        schema, qilin, day, session, fetched, inputs, settings, candidates, recommendations);
  }
}

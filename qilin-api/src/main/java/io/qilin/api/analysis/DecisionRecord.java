package io.qilin.api.analysis;

import io.qilin.api.error.QilinException;
import io.qilin.api.record.PublicationTimes;
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
 * @param schema version of this form: {@link #SCHEMA}, or 1 of an older record, which knows no moment of decision and no
 *     deliberations
 * @param qilin version of the code that decided
 * @param day the day whose evening the decision was taken
 * @param session the trading day it is meant for
 * @param asOf the moment of decision: nothing that became public later was read
 * @param copyOf when the bars were fetched, if they were a kept copy that stood for a source that had failed
 * @param inputs SHA-256, in hex, of each input by name: {@code bars}, {@code securities}, {@code factors}, {@code
 *     portfolio}, {@code rules}, {@code records.} and a kind of record
 * @param settings the desk's settings by name, as text
 * @param candidates all shares that were scored, best first
 * @param recommendations at most two unless set otherwise
 * @param deliberations what was said about the best shares, in the order of the ranking before it was said; with the hashes
 *     of every question to a language model and of its answer
 */
public record DecisionRecord(
    int schema,
    String qilin,
    LocalDate day,
    LocalDate session,
    Instant asOf,
    Optional<Instant> copyOf,
    Map<String, String> inputs,
    Map<String, String> settings,
    List<Candidate> candidates,
    List<Recommendation> recommendations,
    List<Deliberation> deliberations) {
  /** The version of this form that is written now: 2. */
  public static final int SCHEMA = 2;

  /**
   * Copies the collections.
   *
   * @throws QilinException INVALID_ARGUMENT for another schema, or if a record of schema 1 holds what that one has no place
   *     for
   */
  public DecisionRecord {
    Objects.requireNonNull(qilin, "qilin");
    Objects.requireNonNull(day, "day");
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(copyOf, "copyOf");
    inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    candidates = List.copyOf(candidates);
    recommendations = List.copyOf(recommendations);
    deliberations = List.copyOf(deliberations);
    if (schema < 1 || schema > SCHEMA) {
      throw QilinException.invalid(
          "the schema of a decision record is 1 to " + SCHEMA + ", was " + schema);
    }
    if (schema == 1 && !(deliberations.isEmpty() && asOf.equals(midnightAfter(day)))) {
      throw QilinException.invalid("a decision record of schema 1 has no deliberations, and its"
          + " moment of decision is the midnight after " + day + ", was " + asOf);
    }
  }

  /** A decision at midnight after the day, without deliberations, on bars that their source had just served. */
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
        midnightAfter(day),
        Optional.empty(),
        inputs,
        settings,
        candidates,
        recommendations,
        List.of());
  }

  /** The moment of a decision that does not state another: the midnight that ends a day. */
  public static Instant midnightAfter(LocalDate day) {
    return PublicationTimes.startOf(day.plusDays(1));
  }

  /** The same decision with another word on whether its bars were a kept copy. */
  public DecisionRecord withCopyOf(Optional<Instant> fetched) {
    return new DecisionRecord(
        schema,
        qilin,
        day,
        session,
        asOf,
        fetched,
        inputs,
        settings,
        candidates,
        recommendations,
        deliberations);
  }
}

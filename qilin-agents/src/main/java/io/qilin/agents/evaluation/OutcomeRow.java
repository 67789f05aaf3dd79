package io.qilin.agents.evaluation;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One share that was judged, and what became of it.
 *
 * @param day the day whose evening it was judged
 * @param symbol the share
 * @param score the desk's score in [−1, 1]
 * @param scores those of the analysts that did not abstain, by id
 * @param fillable whether it could have been bought at the opening of the session: it trades, and
 *     does not open at limit-up
 * @param outcome by the label, finite
 * @param known the day on whose evening the outcome is known
 */
public record OutcomeRow(
    LocalDate day,
    Symbol symbol,
    double score,
    Map<String, Double> scores,
    boolean fillable,
    double outcome,
    LocalDate known) {
  /**
   * Copies the map.
   *
   * @throws QilinException INVALID_ARGUMENT for a score outside [−1, 1], an outcome that is not finite,
   *     or one that is known before it can be
   */
  public OutcomeRow {
    Objects.requireNonNull(symbol, "symbol");
    scores = Collections.unmodifiableMap(new TreeMap<>(scores));
    if (!(score >= -1 && score <= 1) || !Double.isFinite(outcome) || !known.isAfter(day)) {
      throw QilinException.invalid(
          "a judged share has a score in [-1, 1], a finite outcome, and a day"
              + " after which that is known; were " + score + ", " + outcome + ", " + day + ", "
              + known);
    }
  }
}

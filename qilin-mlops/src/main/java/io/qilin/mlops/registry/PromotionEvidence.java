package io.qilin.mlops.registry;

import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The figures behind a decision.
 *
 * @param metric by what the versions were judged
 * @param days how many days count
 * @param rows how many rows count
 * @param first the first of the days
 * @param last the last of the days
 * @param candidate the candidate's mean; {@code NaN} without days
 * @param production the production version's mean on the same rows, or the baseline of the metric if there was none
 * @param advantage by how much the candidate is better, positive when it is, for errors too
 * @param low the advantage is larger than this with the confidence
 * @param high the advantage is smaller than this with the confidence
 * @param margin how much worse a candidate may be at most
 * @param confidence of low, and of high, each by itself
 */
public record PromotionEvidence(
    String metric,
    int days,
    long rows,
    Optional<LocalDate> first,
    Optional<LocalDate> last,
    double candidate,
    double production,
    double advantage,
    double low,
    double high,
    double margin,
    Confidence confidence) {
  /** Checks that every part is there. */
  public PromotionEvidence {
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(last, "last");
    Objects.requireNonNull(confidence, "confidence");
  }

  void write(String prefix, Map<String, String> facts) {
    facts.put(prefix + "metric", metric);
    facts.put(prefix + "days", Integer.toString(days));
    facts.put(prefix + "rows", Long.toString(rows));
    facts.put(prefix + "first", first.map(LocalDate::toString).orElse(""));
    facts.put(prefix + "last", last.map(LocalDate::toString).orElse(""));
    facts.put(prefix + "candidate", Double.toString(candidate));
    facts.put(prefix + "production", Double.toString(production));
    facts.put(prefix + "advantage", Double.toString(advantage));
    facts.put(prefix + "low", Double.toString(low));
    facts.put(prefix + "high", Double.toString(high));
    facts.put(prefix + "margin", Double.toString(margin));
    facts.put(prefix + "confidence", confidence.name());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws QilinException RECORD_MISMATCH if a figure is missing
   * @throws IllegalArgumentException if one is no number or no confidence
   * @throws java.time.DateTimeException if one is no date
   */
  static PromotionEvidence read(String prefix, Map<String, String> facts) {
    return new PromotionEvidence(
        PromotionDecision.fact(facts, prefix + "metric"),
        Integer.parseInt(PromotionDecision.fact(facts, prefix + "days")),
        Long.parseLong(PromotionDecision.fact(facts, prefix + "rows")),
        PromotionDecision.date(facts, prefix + "first"),
        PromotionDecision.date(facts, prefix + "last"),
        number(prefix + "candidate", facts),
        number(prefix + "production", facts),
        number(prefix + "advantage", facts),
        number(prefix + "low", facts),
        number(prefix + "high", facts),
        number(prefix + "margin", facts),
        Confidence.valueOf(PromotionDecision.fact(facts, prefix + "confidence")));
  }

  private static double number(String name, Map<String, String> facts) {
    return Double.parseDouble(PromotionDecision.fact(facts, name));
  }
}

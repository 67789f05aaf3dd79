package io.qilin.data.quality.table;

import io.qilin.api.error.QilinException;
import java.util.Objects;

/**
 * What came of one rule.
 *
 * @param rule the rule
 * @param judged how many rows, cells, keys or sessions were judged; 0 if the rule did not apply
 * @param bad how many of them were bad; exact
 * @param score 1 − bad / judged, or what the rule says; {@code NaN} if it did not apply
 * @param value the figure that the rule is about: a share of known cells, a mean, a number of rows; else the share of
 *     good ones
 * @param passed whether it is fulfilled; true if it did not apply
 * @param note how it was judged where that matters, else empty
 */
public record RuleOutcome(
    TableRule rule,
    long judged,
    long bad,
    double score,
    double value,
    boolean passed,
    String note) {
  /**
   * Checks the counts.
   *
   * @throws QilinException INVALID_ARGUMENT for counts that cannot be, or a score outside [0, 1]
   */
  public RuleOutcome {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(note, "note");
    if (bad < 0 || bad > judged || score < 0 || score > 1) {
      throw QilinException.invalid(
          "a rule judged " + judged + ", of which " + bad + " were bad, with score " + score);
    }
  }

  static RuleOutcome counted(TableRule rule, long judged, long bad, String note) {
    double good = judged == 0 ? Double.NaN : (double) (judged - bad) / judged;
    return new RuleOutcome(rule, judged, bad, good, good, bad == 0, note);
  }

  /** A figure that lies between two bounds or does not; did not apply if it is {@code NaN}. */
  static RuleOutcome figure(TableRule rule, double value, double low, double high, String note) {
    if (Double.isNaN(value)) {
      return new RuleOutcome(rule, 0, 0, Double.NaN, value, true, note);
    }
    boolean inside = value >= low && value <= high;
    return new RuleOutcome(rule, 1, inside ? 0 : 1, inside ? 1 : 0, value, inside, note);
  }

  /** Whether there was anything to judge. */
  public boolean applied() {
    return judged > 0;
  }
}

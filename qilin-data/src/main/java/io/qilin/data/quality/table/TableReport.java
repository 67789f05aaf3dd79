package io.qilin.data.quality.table;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualityReport;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.core.report.NumberText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How far a table can be trusted, and why not.
 *
 * <p>The score of completeness is the mean of its rules' scores; of another dimension 1 less what each of its rules lacks
 * to 1, not below 0. The overall score is the mean of the applicable dimensions, weighted by {@link
 * QualityDimension#weight()}; a rule of severity CRITICAL that is broken caps it at 0.5. Without any applicable dimension
 * it is {@code NaN}. Immutable and safe to share.
 *
 * @param judgedAt when
 * @param rows rows of the table
 * @param outcomes what came of each rule, in their order; counts are exact
 * @param scores score in [0, 1] of each applicable dimension
 * @param overall the overall score in [0, 1], or {@code NaN}
 * @param findings places, worst first; at most 100 of a rule, the first in the order of parts and rows
 */
public record TableReport(
    Instant judgedAt,
    long rows,
    List<RuleOutcome> outcomes,
    Map<QualityDimension, Double> scores,
    double overall,
    List<TableFinding> findings) {
  private static final double CRITICAL_CAP = 0.5;

  /** Copies the collections. */
  public TableReport {
    Objects.requireNonNull(judgedAt, "judgedAt");
    outcomes = List.copyOf(outcomes);
    Map<QualityDimension, Double> copy = new EnumMap<>(QualityDimension.class);
    copy.putAll(scores);
    scores = Collections.unmodifiableMap(copy);
    findings = List.copyOf(findings);
  }

  static TableReport of(
      Instant judgedAt, long rows, List<RuleOutcome> outcomes, List<TableFinding> findings) {
    Map<QualityDimension, Double> scores = new EnumMap<>(QualityDimension.class);
    for (QualityDimension dimension : QualityDimension.values()) {
      double[] each = outcomes.stream()
          .filter(outcome -> outcome.applied() && outcome.rule().dimension() == dimension)
          .mapToDouble(RuleOutcome::score)
          .toArray();
      double lacking = 0;
      for (double score : each) {
        lacking += 1 - score;
      }
      if (each.length > 0) {
        int rules = dimension == QualityDimension.COMPLETENESS ? each.length : 1;
        scores.put(dimension, Math.max(0, 1 - lacking / rules));
      }
    }
    double sum = 0;
    double weights = 0;
    for (Map.Entry<QualityDimension, Double> score : scores.entrySet()) {
      sum += score.getKey().weight() * score.getValue();
      weights += score.getKey().weight();
    }
    double mean = weights == 0 ? Double.NaN : sum / weights;
    boolean critical = outcomes.stream()
        .anyMatch(o -> !o.passed() && o.rule().severity() == QualitySeverity.CRITICAL);
    List<TableFinding> sorted = new ArrayList<>(findings);
    sorted.sort(TableFinding.WORST_FIRST);
    return new TableReport(
        judgedAt, rows, outcomes, scores, critical ? Math.min(mean, CRITICAL_CAP) : mean, sorted);
  }

  /**
   * What came of the rule of that name.
   *
   * @throws QilinException INVALID_ARGUMENT with the names that there are
   */
  public RuleOutcome outcome(String rule) {
    return outcomes.stream()
        .filter(outcome -> outcome.rule().name().equals(rule))
        .findFirst()
        .orElseThrow(() -> QilinException.invalid("no rule is named " + QilinException.quote(rule)
            + "; there are " + outcomes.stream().map(o -> o.rule().name()).toList()));
  }

  /** Whether all rules of severity ERROR and CRITICAL are fulfilled. */
  public boolean passed() {
    return outcomes.stream()
        .allMatch(o -> o.passed() || o.rule().severity().compareTo(QualitySeverity.ERROR) < 0);
  }

  /** Whether an alert is due: the overall score is below 0.8 or unknown. */
  public boolean alert() {
    return !(overall >= QualityReport.ALERT_BELOW);
  }

  /** One line: the score, the rows, how many rules are broken. */
  public String summary() {
    long broken = outcomes.stream().filter(outcome -> !outcome.passed()).count();
    return "overall "
        + (Double.isNaN(overall) ? "not known" : NumberText.fixed(overall, 3)) + " over "
        + NumberText.count(rows) + " rows; " + broken + " of " + outcomes.size()
        + " rules are broken";
  }

  /**
   * The same in the words that all checks of Qilin share; a finding has a symbol if a word of its key is one of the
   * exchanges'.
   */
  public QualityReport quality() {
    Map<String, Long> bad = new TreeMap<>();
    outcomes.forEach(outcome -> bad.put(outcome.rule().name(), outcome.bad()));
    List<QualityFinding> places = findings.stream()
        .map(f -> new QualityFinding(
            f.rule(),
            f.dimension(),
            f.severity(),
            symbol(f.key()),
            Optional.empty(),
            Optional.empty(),
            f.value(),
            place(f) + f.message()))
        .toList();
    return new QualityReport(judgedAt, rows, scores, overall, places, bad);
  }

  static String place(TableFinding finding) {
    StringBuilder out = new StringBuilder(finding.part());
    if (finding.row() >= 0) {
      out.append(out.length() == 0 ? "" : " ").append("row ").append(finding.row());
    }
    if (!finding.key().isEmpty()) {
      out.append(out.length() == 0 ? "" : " ").append('(').append(finding.key()).append(')');
    }
    return out.length() == 0 ? "" : out.append(": ").toString();
  }

  private static Optional<Symbol> symbol(String key) {
    Set<String> words = new HashSet<>(List.of(key.split(" ", -1)));
    for (String word : words) {
      if (word.matches("[0-9]{6}\\.(SH|SZ|BJ)|(SH|SZ|BJ)[0-9]{6}")) {
        return Optional.of(Symbol.parse(word));
      }
    }
    return Optional.empty();
  }
}

package io.qilin.data.quality;

import io.qilin.api.check.CheckOutcome;
import io.qilin.api.check.QualityCheck;
import io.qilin.api.check.QualityInput;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualityReport;
import io.qilin.api.quality.QualitySeverity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that the checks and the source said about a data set, put together.
 *
 * <p>The score of a dimension is 1 − bad / judged, where bad adds up over its checks and judged is the most that one of
 * them judged: checks of one dimension look at the same rows, so a row that breaks one rule is not excused by obeying
 * another. Not below 0.
 */
final class Judgement {
  private static final double CRITICAL_CAP = 0.5;

  private static final Comparator<QualityFinding> WORST_FIRST = Comparator.comparing(
          QualityFinding::severity, Comparator.reverseOrder())
      .thenComparing(f -> f.symbol().isPresent())
      .thenComparing(f -> f.symbol().map(Object::toString).orElse(""))
      .thenComparing(f -> f.day().map(Object::toString).orElse(""))
      .thenComparing(QualityFinding::rule)
      .thenComparing(f -> f.field().map(Object::toString).orElse(""))
      .thenComparing(QualityFinding::message);

  private final QualityInput input;
  private final List<QualityFinding> findings = new ArrayList<>();
  private final Map<String, Long> badByRule = new TreeMap<>();
  private final Map<QualityDimension, Long> judged = new EnumMap<>(QualityDimension.class);
  private final Map<QualityDimension, Long> bad = new EnumMap<>(QualityDimension.class);

  private Judgement(QualityInput input) {
    this.input = input;
  }

  static Judgement of(List<QualityCheck> checks, QualityInput input) {
    Judgement judgement = new Judgement(input);
    for (QualityCheck check : checks) {
      judgement.run(check);
    }
    judgement.addReadFindings(checks);
    judgement.findings.sort(WORST_FIRST);
    return judgement;
  }

  private void run(QualityCheck check) {
    CheckOutcome outcome;
    try {
      outcome = check.check(input);
    } catch (RuntimeException e) {
      findings.add(failure(check, e));
      badByRule.merge(check.rule(), 0L, Long::sum);
      return;
    }
    findings.addAll(outcome.findings());
    if (outcome.bad() > 0) {
      badByRule.merge(check.rule(), outcome.bad(), Long::sum);
    }
    if (outcome.judged() > 0) {
      judged.merge(check.dimension(), outcome.judged(), Math::max);
      bad.merge(check.dimension(), outcome.bad(), Long::sum);
    }
  }

  private static QualityFinding failure(QualityCheck check, RuntimeException e) {
    String text = e.getMessage() == null ? "" : ": " + QilinException.quote(e.getMessage());
    return new QualityFinding(
        check.rule(),
        check.dimension(),
        QualitySeverity.ERROR,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Double.NaN,
        "the check failed and judged nothing: " + e.getClass().getSimpleName() + text);
  }

  /** What the source noticed counts for its dimension; duplicates are left to a check of UNIQUENESS if there is one. */
  private void addReadFindings(List<QualityCheck> checks) {
    Set<QualityDimension> readByChecks = EnumSet.noneOf(QualityDimension.class);
    if (checks.stream().anyMatch(DuplicateRows.class::isInstance)) {
      readByChecks.add(QualityDimension.UNIQUENESS);
    }
    input.bars().findings().stream()
        .filter(f -> !readByChecks.contains(f.dimension()))
        .forEach(findings::add);
    ReadFindings.byRule(input.bars(), readByChecks)
        .forEach((rule, count) -> badByRule.merge(rule, count, Long::sum));
    ReadFindings.bad(input.bars(), readByChecks).forEach((dimension, count) -> {
      judged.merge(dimension, Math.max(count, input.bars().rowsRead()), Math::max);
      bad.merge(dimension, count, Long::sum);
    });
  }

  /** All findings, worst first, in a fixed order. */
  List<QualityFinding> findings() {
    return findings;
  }

  boolean isCritical() {
    return !findings.isEmpty() && findings.get(0).severity() == QualitySeverity.CRITICAL;
  }

  /** The overall score, {@code NaN} if nothing applies. */
  double overall() {
    double sum = 0;
    double weights = 0;
    for (Map.Entry<QualityDimension, Double> score : scores().entrySet()) {
      sum += score.getKey().weight() * score.getValue();
      weights += score.getKey().weight();
    }
    double mean = sum / weights;
    return isCritical() ? Math.min(mean, CRITICAL_CAP) : mean;
  }

  private Map<QualityDimension, Double> scores() {
    Map<QualityDimension, Double> scores = new EnumMap<>(QualityDimension.class);
    judged.forEach((dimension, count) -> {
      long good = Math.max(0, count - bad.getOrDefault(dimension, 0L));
      scores.put(dimension, (double) good / count);
    });
    return scores;
  }

  QualityReport report(int cap) {
    return new QualityReport(
        input.now(),
        input.bars().rowsRead(),
        scores(),
        overall(),
        findings.subList(0, Math.min(cap, findings.size())),
        badByRule);
  }

  /** How many rows a panel has. */
  static long rows(Panel panel) {
    long rows = 0;
    for (int i = 0; i < panel.symbols().size(); i++) {
      for (boolean exists : new Series(panel, i).existing()) {
        rows += exists ? 1 : 0;
      }
    }
    return rows;
  }
}

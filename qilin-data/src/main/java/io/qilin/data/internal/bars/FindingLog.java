package io.qilin.data.internal.bars;

import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualitySeverity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Collects what is noticed while reading. Of each rule the first {@value #MOST} places are kept;
 * one more finding then tells how many there are beyond them.
 */
public final class FindingLog {
  private static final int MOST = 1000;

  private final List<QualityFinding> findings = new ArrayList<>();
  private final Map<String, Overflow> counts = new TreeMap<>();

  /** An empty log. */
  public FindingLog() {}

  /** How often a rule was broken, and how its last finding is to be labelled. */
  private static final class Overflow {
    private final QualityDimension dimension;
    private final QualitySeverity severity;
    private long count;

    Overflow(QualityDimension dimension, QualitySeverity severity) {
      this.dimension = dimension;
      this.severity = severity;
    }
  }

  /** Whether another finding of the rule would be kept: spares making the message. */
  public boolean keeps(String rule) {
    Overflow seen = counts.get(rule);
    return seen == null || seen.count < MOST;
  }

  /** Something about the data as a whole. */
  public void note(
      String rule, QualityDimension dimension, QualitySeverity severity, String message) {
    add(new QualityFinding(
        rule,
        dimension,
        severity,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Double.NaN,
        message));
  }

  /** Something about a row. */
  public void row(
      String rule,
      QualityDimension dimension,
      QualitySeverity severity,
      Symbol symbol,
      LocalDate day,
      Optional<Field> field,
      double value,
      String message) {
    add(new QualityFinding(
        rule, dimension, severity, Optional.of(symbol), Optional.of(day), field, value, message));
  }

  private void add(QualityFinding finding) {
    Overflow seen = counts.computeIfAbsent(
        finding.rule(), rule -> new Overflow(finding.dimension(), finding.severity()));
    if (++seen.count <= MOST) {
      findings.add(finding);
    }
  }

  /** All that was kept. */
  public List<QualityFinding> toList() {
    List<QualityFinding> all = new ArrayList<>(findings);
    counts.forEach((rule, seen) -> {
      long more = seen.count - MOST;
      if (more > 0) {
        all.add(new QualityFinding(
            rule,
            seen.dimension,
            seen.severity,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            more,
            "and " + more + " more"));
      }
    });
    return all;
  }
}

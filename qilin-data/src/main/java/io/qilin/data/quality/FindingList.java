package io.qilin.data.quality;

import io.qilin.api.check.CheckOutcome;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualitySeverity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one check judged and keeps the first {@value #MOST} places, and beyond them the first of each severity of
 * each instrument, so that no bad instrument goes unnamed. Messages of places that are not kept are not made.
 */
final class FindingList {
  static final int MOST = 1000;

  private static final Comparator<QualityFinding> BY_PLACE = Comparator.comparing(
          (QualityFinding f) -> f.symbol().isPresent())
      .thenComparing((a, b) -> a.symbol().isEmpty() || b.symbol().isEmpty()
          ? 0
          : a.symbol().get().compareTo(b.symbol().get()))
      .thenComparing(f -> f.day().isPresent())
      .thenComparing((a, b) -> a.day().isEmpty() || b.day().isEmpty()
          ? 0
          : a.day().get().compareTo(b.day().get()));

  private final String rule;
  private final QualityDimension dimension;
  private final List<QualityFinding> findings = new ArrayList<>();
  private final Set<QualitySeverity> seen = EnumSet.noneOf(QualitySeverity.class);
  private @Nullable Symbol current;
  private long judged;
  private long bad;

  FindingList(String rule, QualityDimension dimension) {
    this.rule = rule;
    this.dimension = dimension;
  }

  /** Counts rows, or cells, as judged. */
  void judged(long count) {
    judged += count;
  }

  /** Counts bad rows or cells without naming a place. */
  void bad(long count) {
    bad += count;
  }

  /** Counts one bad row and names it. */
  void bad(
      QualitySeverity severity,
      Series series,
      int row,
      Field field,
      double value,
      Supplier<String> message) {
    bad++;
    place(severity, series.symbol(), series.day(row), Optional.of(field), value, message);
  }

  /** Names a place without counting it as bad. */
  void place(
      QualitySeverity severity,
      Symbol symbol,
      LocalDate day,
      Optional<Field> field,
      double value,
      Supplier<String> message) {
    if (!symbol.equals(current)) {
      current = symbol;
      seen.clear();
    }
    if (seen.add(severity) || findings.size() < MOST) {
      findings.add(new QualityFinding(
          rule,
          dimension,
          severity,
          Optional.of(symbol),
          Optional.of(day),
          field,
          value,
          message.get()));
    }
  }

  /** Says something about the whole data set, or about one field of it. */
  void note(QualitySeverity severity, Optional<Field> field, double value, String message) {
    findings.add(new QualityFinding(
        rule, dimension, severity, Optional.empty(), Optional.empty(), field, value, message));
  }

  /** Takes over a finding of the source under the rule of this check. */
  void adopt(QualityFinding finding) {
    findings.add(new QualityFinding(
        rule,
        dimension,
        finding.severity(),
        finding.symbol(),
        finding.day(),
        finding.field(),
        finding.value(),
        finding.message()));
  }

  /** What was judged; bad is never more than that. */
  CheckOutcome outcome() {
    if (judged == 0 && findings.isEmpty()) {
      return CheckOutcome.NOT_APPLICABLE;
    }
    findings.sort(BY_PLACE);
    return new CheckOutcome(judged, Math.min(bad, judged), findings);
  }
}

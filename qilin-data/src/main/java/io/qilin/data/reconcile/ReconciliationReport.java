package io.qilin.data.reconcile;

import io.qilin.api.market.Field;
import io.qilin.api.quality.QualityFinding;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How two sources differ over the days that both cover. All counts are exact; the findings are capped.
 *
 * @param first what the first source is called
 * @param second what the second source is called
 * @param from the first day that both cover; empty if their spans do not meet
 * @param to the last day that both cover
 * @param rows rows that both have
 * @param cells cells that both know and that were compared
 * @param differences cells that differ, by field; those of {@code adjustmentRows} and {@code unitRows} are not among them
 * @param onlyFirst rows that only the first has
 * @param onlySecond rows that only the second has
 * @param unknown cells that only one of them knows, in rows that both have
 * @param adjustmentRows rows whose prices are all off by one factor, of instruments that look adjusted in one source
 * @param unitRows rows whose volumes are off by a factor of 100, of instruments that look counted in lots in one source
 * @param findings places, by instrument and day; at most so many for each rule as the tolerance says
 */
public record ReconciliationReport(
    String first,
    String second,
    Optional<LocalDate> from,
    Optional<LocalDate> to,
    long rows,
    long cells,
    Map<Field, Long> differences,
    long onlyFirst,
    long onlySecond,
    long unknown,
    long adjustmentRows,
    long unitRows,
    List<QualityFinding> findings) {
  /** Copies the collections. */
  public ReconciliationReport {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "second");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    differences = Collections.unmodifiableMap(new TreeMap<>(differences));
    findings = List.copyOf(findings);
  }

  /** Cells that differ, of all fields. */
  public long differing() {
    return differences.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether the two have the same rows and agree within the tolerance. */
  public boolean agrees() {
    return differing() + onlyFirst + onlySecond + unknown + adjustmentRows + unitRows == 0
        && findings.isEmpty();
  }

  /** One line for a log. */
  @Override
  public String toString() {
    return first + " and " + second + ": " + rows + " rows, " + cells + " cells compared, "
        + differing() + " differ " + differences + ", " + onlyFirst + " and " + onlySecond
        + " rows only in one, " + unknown + " cells known to one only, " + adjustmentRows
        + " rows off by an adjustment, " + unitRows + " volumes off by 100";
  }
}

package io.qilin.data.quality.table;

import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import java.util.Comparator;
import java.util.Objects;

/**
 * One place of a table that breaks a rule, or one statement about the table as a whole.
 *
 * @param rule the name of the rule
 * @param dimension the side of quality it counts for
 * @param severity how much it matters
 * @param part which part of the table, as the host named it; often a file
 * @param row row in the part, from 0; −1 if it concerns no row, or one of a state that was stored
 * @param key the row's key, as {@link TableRules#key} has it, or what the rule is about
 * @param column the column, or empty
 * @param value the offending number, {@code NaN} if there is none
 * @param message what is wrong, one line
 */
public record TableFinding(
    String rule,
    QualityDimension dimension,
    QualitySeverity severity,
    String part,
    long row,
    String key,
    String column,
    double value,
    String message) {
  /** The row of what concerns no row, or one that is not known any more. */
  public static final long NO_ROW = -1;

  static final Comparator<TableFinding> BY_PLACE = Comparator.comparing(TableFinding::part)
      .thenComparing(TableFinding::row)
      .thenComparing(TableFinding::key)
      .thenComparing(TableFinding::column)
      .thenComparing(TableFinding::message)
      .thenComparing(TableFinding::value);

  static final Comparator<TableFinding> WORST_FIRST = Comparator.comparing(
          TableFinding::severity, Comparator.reverseOrder())
      .thenComparing(TableFinding::rule)
      .thenComparing(BY_PLACE);

  /** Checks the parts. */
  public TableFinding {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(dimension, "dimension");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(part, "part");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(message, "message");
  }
}

package io.qilin.core.rules;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * One row of the rule book as it stands in the data, so that a person can see where a number comes
 * from.
 *
 * @param table name of the table, for example {@code price-limits}
 * @param from first date on which the row holds
 * @param to last date on which it holds; empty while it is in force
 * @param rule the columns of the row, for example {@code board=STAR case=NORMAL percent=20}
 * @param source where it comes from
 * @param confirmation how sure it is
 */
public record RuleEntry(
    String table,
    LocalDate from,
    Optional<LocalDate> to,
    String rule,
    String source,
    Confirmation confirmation) {
  /** Checks that every part is there. */
  public RuleEntry {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(confirmation, "confirmation");
  }
}

package io.qilin.api.quality;

import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that is wrong with one place of a data set.
 *
 * @param rule the rule that was broken, kebab-case, for example {@code high-below-low}
 * @param dimension the side of quality it counts for
 * @param severity how much it matters
 * @param symbol the instrument, if it concerns one
 * @param day the day, if it concerns one
 * @param field the field, if it concerns one
 * @param value the offending value, {@code NaN} if there is none
 * @param message what is wrong, one line
 */
public record QualityFinding(
    String rule,
    QualityDimension dimension,
    QualitySeverity severity,
    Optional<Symbol> symbol,
    Optional<LocalDate> day,
    Optional<Field> field,
    double value,
    String message) {
  /** Checks the parts. */
  public QualityFinding {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(dimension, "dimension");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(day, "day");
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(message, "message");
  }
}

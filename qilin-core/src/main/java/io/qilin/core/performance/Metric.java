package io.qilin.core.performance;

import io.qilin.core.report.NumberText;
import java.util.Objects;

/**
 * A figure with the convention by which it was computed, so that nobody compares two Sharpe ratios that mean different
 * things.
 *
 * @param name unique within a report, for example {@code Sharpe ratio}
 * @param value {@code NaN} where it is not known or not defined
 * @param unit what the value counts
 * @param convention the formula and what it takes for granted, in one or two sentences
 */
public record Metric(String name, double value, Unit unit, String convention) {
  /** What a value counts. */
  public enum Unit {
    /** A part of the account: 0.01 is one percent. */
    FRACTION,
    /** A number without a unit. */
    RATIO,
    /** A chance in [0, 1]. */
    PROBABILITY,
    /** How many. */
    COUNT,
    /** Trading days. */
    DAYS,
    /** Yuan. */
    YUAN
  }

  /** Checks that every part is there. */
  public Metric {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(convention, "convention");
  }

  /** The value as people read it, for example {@code 12.40%}; a dash where it is not known. */
  public String text() {
    return switch (unit) {
      case FRACTION -> NumberText.percent(value, 2);
      case RATIO -> NumberText.fixed(value, 3);
      case PROBABILITY -> NumberText.fixed(value, 4);
      case COUNT, DAYS, YUAN ->
        Math.abs(value) < 1e15 ? NumberText.count(Math.round(value)) : NumberText.fixed(value, 0);
    };
  }
}

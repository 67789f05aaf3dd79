package io.qilin.core.expression;

import java.util.function.Predicate;

/** What an operator expects in one place. */
enum Parameter {
  /** A series of any type. */
  SERIES,
  /** A series or a constant. */
  VALUE,
  /** A series that is true or false; rows that {@code Ref} left empty count as false. */
  TRUTH,
  /** A series that is true or false on every row. */
  BOOLEAN,
  /** A series that others are regressed on. */
  EXPOSURE,
  /** More exposures at the end, as many as one likes up to {@link #MOST_EXPOSURES} in all. */
  EXPOSURES,
  /** A whole number of rows, or what the operator's {@link WindowRule} accepts. */
  WINDOW,
  /** A constant from 0 to 1. */
  LEVEL("the level q of %s must be a constant from 0 to 1", c -> c.value() >= 0 && c.value() <= 1),
  /** A constant from 0 to less than a half. */
  TAIL(
      "the share q of %s must be a constant from 0 to less than 0.5",
      c -> c.value() >= 0 && c.value() < 0.5),
  /** A constant above 0. */
  POSITIVE("the last argument of %s must be a constant above 0", c -> c.value() > 0),
  /** A number of parts into which a day is split. */
  PARTS(
      "the number k of %s must be a whole constant from 2 to 1000",
      c -> c.isInteger() && c.value() >= 2 && c.value() <= 1000);

  /** How many exposures a regression takes at most. */
  static final int MOST_EXPOSURES = 8;

  private final String rule;

  @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
  private final Predicate<Node.Constant> accepted;

  Parameter() {
    this("", c -> false);
  }

  Parameter(String rule, Predicate<Node.Constant> accepted) {
    this.rule = rule;
    this.accepted = accepted;
  }

  /** Whether it is a constant with a rule of its own; a {@link #WINDOW} has its operator's. */
  boolean isConstant() {
    return !rule.isEmpty();
  }

  boolean isExposure() {
    return this == EXPOSURE || this == EXPOSURES;
  }

  boolean accepts(Node.Constant constant) {
    return accepted.test(constant);
  }

  /** What is wrong where a constant is not accepted; {@code %s} stands for the operator's name. */
  String rule() {
    return rule;
  }
}

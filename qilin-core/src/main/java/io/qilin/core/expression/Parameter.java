package io.qilin.core.expression;

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
  /** A whole number of rows, or what the operator's {@link WindowRule} accepts. */
  WINDOW,
  /** A constant from 0 to 1. */
  LEVEL;

  boolean isSeries() {
    return this != WINDOW && this != LEVEL;
  }
}

package io.qilin.ops.metrics;

import java.util.Objects;

/** A value of a field of a point. Immutable. */
public sealed interface FieldValue {
  /** A number with a fraction. */
  static FieldValue of(double value) {
    return new Decimal(value);
  }

  /** A whole number. */
  static FieldValue of(long value) {
    return new Whole(value);
  }

  /** A text. */
  static FieldValue of(String value) {
    return new Text(value);
  }

  /** True or false. */
  static FieldValue of(boolean value) {
    return new Truth(value);
  }

  /**
   * A number with a fraction; one that is not finite is never written.
   *
   * @param value the number
   */
  record Decimal(double value) implements FieldValue {}

  /**
   * A whole number.
   *
   * @param value the number
   */
  record Whole(long value) implements FieldValue {}

  /**
   * A text.
   *
   * @param value the text
   */
  record Text(String value) implements FieldValue {
    /** Checks that it is there. */
    public Text {
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * True or false.
   *
   * @param value which
   */
  record Truth(boolean value) implements FieldValue {}
}

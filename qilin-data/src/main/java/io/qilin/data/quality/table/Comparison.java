package io.qilin.data.quality.table;

import io.qilin.api.error.QilinException;

/** How two numbers are compared. A comparison with a number that is not known is false. */
public enum Comparison {
  /** Less. */
  LESS("<"),
  /** Less or equal. */
  AT_MOST("<="),
  /** Equal. */
  EQUAL("="),
  /** Not equal, both known. */
  DIFFERENT("!="),
  /** Greater or equal. */
  AT_LEAST(">="),
  /** Greater. */
  GREATER(">");

  private final String sign;

  Comparison(String sign) {
    this.sign = sign;
  }

  /** The sign as rules write it, for example {@code <=}. */
  public String sign() {
    return sign;
  }

  /**
   * The comparison of a sign.
   *
   * @throws QilinException INVALID_ARGUMENT for another text
   */
  public static Comparison parse(String sign) {
    for (Comparison comparison : values()) {
      if (comparison.sign.equals(sign)) {
        return comparison;
      }
    }
    throw QilinException.invalid(
        "a comparison is one of < <= = != >= >, was " + QilinException.quote(sign));
  }

  /**
   * Whether it holds.
   *
   * @param tolerance by how much the numbers may miss it; not negative
   */
  boolean holds(double left, double right, double tolerance) {
    return switch (this) {
      case LESS -> left < right + tolerance;
      case AT_MOST -> left <= right + tolerance;
      case EQUAL -> left == right || Math.abs(left - right) <= tolerance;
      case DIFFERENT -> left < right - tolerance || left > right + tolerance;
      case AT_LEAST -> left >= right - tolerance;
      case GREATER -> left > right - tolerance;
    };
  }
}

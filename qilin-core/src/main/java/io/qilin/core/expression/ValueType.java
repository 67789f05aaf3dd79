package io.qilin.core.expression;

/** What the rows of a series are. */
public enum ValueType {
  /** Numbers; {@code NaN} where not known. */
  NUMBER("a number"),
  /** True (1) or false (0) on every row; a comparison with {@code NaN} is false. */
  BOOLEAN("a boolean"),
  /**
   * A boolean moved in time by {@code Ref}: {@code NaN} on the rows that the move leaves empty. {@code And} and {@code
   * Or} accept it, an empty row makes them false; {@code Not} does not.
   */
  SHIFTED_BOOLEAN("a boolean moved by Ref");

  private final String words;

  ValueType(String words) {
    this.words = words;
  }

  boolean isTruth() {
    return this != NUMBER;
  }

  /** {@code a number}, for messages. */
  String words() {
    return words;
  }
}

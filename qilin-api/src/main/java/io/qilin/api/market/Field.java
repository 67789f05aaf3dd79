package io.qilin.api.market;

import io.qilin.api.error.QilinException;
import java.util.Locale;
import java.util.Objects;

/**
 * The name of a column of a {@link Panel}; written {@code $close} in an expression. Lower case; any source may bring
 * columns of its own beside the constants below.
 *
 * @param name 1 to 64 letters, digits and underscores, as Qlib allows them; stored in lower case
 */
public record Field(String name) implements Comparable<Field> {
  private static final int LONGEST = 64;

  /** First price of the day in yuan per share, in the panel's {@link Adjustment}. */
  public static final Field OPEN = new Field("open");
  /** Highest price of the day in yuan per share, in the panel's {@link Adjustment}. */
  public static final Field HIGH = new Field("high");
  /** Lowest price of the day in yuan per share, in the panel's {@link Adjustment}. */
  public static final Field LOW = new Field("low");
  /** Last price of the day in yuan per share, in the panel's {@link Adjustment}. */
  public static final Field CLOSE = new Field("close");
  /** Amount divided by volume in yuan per share, in the panel's {@link Adjustment}. */
  public static final Field VWAP = new Field("vwap");
  /** Shares traded that day, never lots, not adjusted. */
  public static final Field VOLUME = new Field("volume");
  /** Yuan traded that day. */
  public static final Field AMOUNT = new Field("amount");
  /** Adjusted price divided by raw price; 1 where nothing has been paid out. */
  public static final Field FACTOR = new Field("factor");
  /** The exchange's reference price of the day in raw yuan: the previous close, ex-right adjusted on an ex-date. */
  public static final Field PRE_CLOSE = new Field("pre_close");

  /** Checks the name and folds it to lower case. */
  public Field {
    Objects.requireNonNull(name, "name");
    if (!isName(name)) {
      throw QilinException.invalid(
          "a field is 1 to 64 letters, digits or underscores, was " + QilinException.quote(name));
    }
    name = name.toLowerCase(Locale.ROOT);
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!isPart(name.charAt(i))) {
        return false;
      }
    }
    return !name.isEmpty() && name.length() <= LONGEST;
  }

  private static boolean isPart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || (c >= '\u4e00' && c <= '\u9fa5')
        || "\u3001\u3002\uff08\uff09\uff1a".indexOf(c) >= 0;
  }

  /** The field of that name. */
  public static Field of(String name) {
    return new Field(name);
  }

  /** Whether this is one of the five prices that carry the panel's {@link Adjustment}. */
  public boolean isPrice() {
    return equals(OPEN) || equals(HIGH) || equals(LOW) || equals(CLOSE) || equals(VWAP);
  }

  // Written out: to link the generated method takes tens of milliseconds, and any first computation
  // would wait for it.
  @Override
  public boolean equals(Object other) {
    return other instanceof Field field && name.equals(field.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public int compareTo(Field other) {
    return name.compareTo(other.name);
  }

  /** {@code $close}. */
  @Override
  public String toString() {
    return "$" + name;
  }
}

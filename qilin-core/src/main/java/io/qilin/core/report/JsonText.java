package io.qilin.core.report;

import io.qilin.api.error.QilinException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes JSON: objects and arrays of objects on lines of their own, arrays of numbers on one line. Equal calls give equal
 * text, on every Java version. What is not known is {@code null}; infinities, for which JSON has no number, are the texts
 * {@code "inf"} and {@code "-inf"}. Not thread-safe.
 *
 * <pre>{@code
 * new JsonText().object().name("ic").value(0.03).name("days").value(250).end().toString()
 * }</pre>
 */
public final class JsonText {
  private static final int MOST_DIGITS = 17;

  private final StringBuilder out = new StringBuilder();
  /** What is open, the innermost first: the sign that closes it. */
  private final Deque<Character> open = new ArrayDeque<>();

  private boolean first = true;
  private boolean named;

  /** Nothing written yet. */
  public JsonText() {}

  /** Opens an object. */
  public JsonText object() {
    return open('{', '}');
  }

  /** Opens an array. */
  public JsonText array() {
    return open('[', ']');
  }

  /**
   * Closes what was opened last.
   *
   * @throws QilinException INVALID_ARGUMENT if nothing is open, or a name has no value
   */
  public JsonText end() {
    if (open.isEmpty() || named) {
      throw QilinException.invalid("there is nothing to close here in " + shortened());
    }
    char close = open.pop();
    if (!first) {
      newLine();
    }
    out.append(close);
    first = false;
    return this;
  }

  /**
   * Names the next value of an object.
   *
   * @throws QilinException INVALID_ARGUMENT outside an object or after another name
   */
  public JsonText name(String name) {
    if (open.isEmpty() || open.peek() != '}' || named) {
      throw QilinException.invalid(
          "the name " + QilinException.quote(name) + " stands in no object or after another name");
    }
    separate();
    text(name);
    out.append(": ");
    named = true;
    return this;
  }

  /** Writes a text. */
  public JsonText value(String value) {
    before();
    text(value);
    return this;
  }

  /** Writes a whole number. */
  public JsonText value(long value) {
    before();
    out.append(value);
    return this;
  }

  /** Writes a number as a decimal of at most 17 digits that reads back to it. */
  public JsonText value(double value) {
    before();
    out.append(number(value));
    return this;
  }

  /** Writes an array of numbers on one line. */
  public JsonText value(double[] values) {
    before();
    out.append('[');
    for (int i = 0; i < values.length; i++) {
      out.append(i == 0 ? "" : ", ").append(number(values[i]));
    }
    out.append(']');
    return this;
  }

  /** Writes {@code null}. */
  public JsonText nothing() {
    before();
    out.append("null");
    return this;
  }

  /**
   * The text, ended by a line break.
   *
   * @throws QilinException INVALID_ARGUMENT if something is still open
   */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw QilinException.invalid("something is still open in " + shortened());
    }
    return out + "\n";
  }

  private JsonText open(char sign, char close) {
    before();
    out.append(sign);
    open.push(close);
    first = true;
    return this;
  }

  private void before() {
    if (!named && !open.isEmpty()) {
      if (open.peek() == '}') {
        throw QilinException.invalid("a value of an object needs a name in " + shortened());
      }
      separate();
    } else if (open.isEmpty() && !out.isEmpty()) {
      throw QilinException.invalid("JSON is one value; there is more after " + shortened());
    }
    named = false;
  }

  private void separate() {
    out.append(first ? "" : ",");
    newLine();
    first = false;
  }

  private void newLine() {
    out.append('\n').append("  ".repeat(open.size()));
  }

  private String shortened() {
    return QilinException.quote(out.substring(Math.max(0, out.length() - 60)));
  }

  private void text(String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          boolean plain = c >= ' ' && !Character.isSurrogate(c) && !VisibleText.acts(c);
          boolean pair = Character.isHighSurrogate(c)
              && i + 1 < value.length()
              && Character.isLowSurrogate(value.charAt(i + 1));
          if (pair) {
            out.append(c).append(value.charAt(++i));
          } else if (plain) {
            out.append(c);
          } else {
            out.append("\\u").append(hex(c));
          }
        }
      }
    }
    out.append('"');
  }

  private static String hex(char c) {
    String digits = Integer.toHexString(c);
    return "0".repeat(4 - digits.length()) + digits;
  }

  /** {@link Double#toString} is not the shortest before Java 19. */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "null";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "\"inf\"" : "\"-inf\"";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 15; digits < MOST_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits)).stripTrailingZeros();
      if (rounded.doubleValue() == value) {
        return rounded.toString();
      }
    }
    return exact.round(new MathContext(MOST_DIGITS)).stripTrailingZeros().toString();
  }
}

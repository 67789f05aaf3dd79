package io.qilin.examples;

import java.util.Map;
import java.util.Optional;

/** Writes JSON for people and machines: two blanks a level, keys in the order of the map. */
final class Json {
  private final StringBuilder out = new StringBuilder();

  private Json() {}

  /** A document from maps, iterables, strings, numbers, booleans and optionals; NaN and empty optionals become null, infinities text. */
  static String write(Object value) {
    Json json = new Json();
    json.value(value, 0);
    return json.out.append('\n').toString();
  }

  private void value(Object value, int level) {
    if (value instanceof Optional<?> optional) {
      optional.ifPresentOrElse(present -> value(present, level), () -> out.append("null"));
    } else if (value instanceof Map<?, ?> map) {
      object(map, level);
    } else if (value instanceof Iterable<?> items) {
      array(items, level);
    } else if (value instanceof Double number) {
      number(number);
    } else if (value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      text(value.toString());
    }
  }

  private void object(Map<?, ?> map, int level) {
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      line(separator, level + 1);
      text(String.valueOf(entry.getKey()));
      out.append(": ");
      value(entry.getValue(), level + 1);
      separator = ",";
    }
    close(map.isEmpty(), "{}", "}", level);
  }

  private void array(Iterable<?> items, int level) {
    String separator = "[";
    for (Object item : items) {
      line(separator, level + 1);
      value(item, level + 1);
      separator = ",";
    }
    close(separator.equals("["), "[]", "]", level);
  }

  private void line(String separator, int level) {
    out.append(separator).append('\n').append("  ".repeat(level));
  }

  private void close(boolean empty, String whole, String end, int level) {
    if (empty) {
      out.append(whole);
    } else {
      out.append('\n').append("  ".repeat(level)).append(end);
    }
  }

  private void number(double value) {
    if (Double.isNaN(value)) {
      out.append("null");
    } else if (Double.isInfinite(value)) {
      out.append(value > 0 ? "\"inf\"" : "\"-inf\"");
    } else {
      out.append(value);
    }
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x7F || c == 0x2028 || c == 0x2029 || Character.isSurrogate(c) && !paired(text, i)) {
            out.append("\\u").append(String.format(java.util.Locale.ROOT, "%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean paired(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}

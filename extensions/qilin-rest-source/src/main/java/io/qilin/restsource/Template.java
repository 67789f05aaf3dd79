package io.qilin.restsource;

import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * A text with placeholders like {@code ${from}}. Values are put in, never looked at again: a value that holds a placeholder
 * stays as it is.
 */
final class Template {
  /** Placeholders that every request may use. */
  static final Set<String> NAMES = Set.of(
      "symbol", "symbols", "from", "to", "day", "offset", "limit", "page", "cursor", "secret",
      "params");

  private static final String OPEN = "${";

  private Template() {}

  /** The names in a text. */
  static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    for (int at = text.indexOf(OPEN); at >= 0; at = text.indexOf(OPEN, at + 2)) {
      names.add(name(text, at));
    }
    return names;
  }

  /**
   * Refuses names that will never have a value.
   *
   * @param own further names that are known
   */
  static void check(String text, Set<String> own) {
    for (String name : names(text)) {
      if (!NAMES.contains(name) && !own.contains(name)) {
        List<String> known = new ArrayList<>(new TreeSet<>(NAMES));
        known.addAll(own);
        throw QilinException.invalid("there is no placeholder " + QilinException.quote(name)
            + NearestName.hint(name, known) + "; the placeholders are " + known);
      }
    }
  }

  /**
   * The text with its values, each written by the escape; empty if a value is not there, so that what it was for is left
   * out.
   */
  static Optional<String> fill(
      String text, Map<String, String> values, UnaryOperator<String> escape) {
    StringBuilder out = new StringBuilder();
    int done = 0;
    for (int at = text.indexOf(OPEN); at >= 0; at = text.indexOf(OPEN, done)) {
      String name = name(text, at);
      String value = values.get(name);
      if (value == null) {
        return Optional.empty();
      }
      out.append(text, done, at).append(escape.apply(value));
      done = at + OPEN.length() + name.length() + 1;
    }
    return Optional.of(out.append(text, done, text.length()).toString());
  }

  /** The entries that have all their values, with them. */
  static Map<String, String> fill(Map<String, String> texts, Map<String, String> values) {
    Map<String, String> filled = new LinkedHashMap<>();
    texts.forEach((name, text) ->
        fill(text, values, value -> value).ifPresent(value -> filled.put(name, value)));
    return filled;
  }

  private static String name(String text, int at) {
    int end = text.indexOf('}', at);
    if (end < 0) {
      throw QilinException.invalid(
          "a placeholder ends with }, this does not: " + QilinException.quote(text));
    }
    return text.substring(at + OPEN.length(), end);
  }
}

package io.qilin.api.model;

import io.qilin.api.error.QilinException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every registry can keep of a text: no NUL, no half of a surrogate pair, a length that is bounded. */
final class ModelText {
  private static final int MAX_TOTAL = 1 << 20;

  private ModelText() {}

  /** A text that may be empty. */
  static String require(String what, String text, int max) {
    if (text.length() > max) {
      throw QilinException.invalid(
          what + " has " + text.length() + " characters, at most " + max + " are kept");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        throw QilinException.invalid(what + " has a NUL or half a surrogate pair at place "
            + (i + 1) + ", which no store keeps: " + QilinException.quote(text));
      }
    }
    return text;
  }

  /** A text that says something. */
  static String requireFilled(String what, String text, int max) {
    if (text.isBlank()) {
      throw QilinException.invalid(what + " is blank");
    }
    return require(what, text, max);
  }

  /** A copy in the order of the map. */
  static Map<String, String> requireAll(
      String what, Map<String, String> texts, int entries, int maxName, int maxValue) {
    requireFew(what, texts, entries);
    Map<String, String> copy = new LinkedHashMap<>();
    long total = 0;
    for (Map.Entry<String, String> text : texts.entrySet()) {
      String name = requireFilled("the name of one of the " + what, text.getKey(), maxName);
      String value =
          require("the value of " + QilinException.quote(name), text.getValue(), maxValue);
      total += name.length() + (long) value.length();
      copy.put(name, value);
    }
    if (total > MAX_TOTAL) {
      throw QilinException.invalid("the " + what + " have " + total + " characters in all, at most "
          + MAX_TOTAL + " are kept; store what is longer as a file");
    }
    return copy;
  }

  static void requireFew(String what, Map<String, ?> map, int entries) {
    if (map.size() > entries) {
      throw QilinException.invalid(
          "there are " + map.size() + " " + what + ", at most " + entries + " are kept");
    }
  }
}

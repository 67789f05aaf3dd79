package io.qilin.ops.config;

import org.jspecify.annotations.Nullable;

/** What holds for keys and values of every format. */
final class Names {
  private Names() {}

  /** Malformed if a key is empty, too long or no text. */
  static void check(String name, Origin at, ConfigLimits limits) {
    if (name.isEmpty()) {
      throw new Malformed(at, "a key is not empty");
    }
    if (name.length() > limits.nameChars()) {
      throw new Malformed(
          at,
          "a key of " + name.length() + " characters, at most " + limits.nameChars() + " are read");
    }
    wellFormed(name, at);
  }

  /** Malformed if a value is too long or no text. */
  static void checkValue(String text, Origin at, ConfigLimits limits) {
    if (text.length() > limits.valueChars()) {
      throw new Malformed(
          at,
          "a value of " + text.length() + " characters, at most " + limits.valueChars()
              + " are read");
    }
    wellFormed(text, at);
  }

  /** Malformed if half of a character stands alone. */
  static void wellFormed(String text, Origin at) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new Malformed(at, "half of a character: " + Shown.line(String.valueOf(c)));
      }
    }
  }

  static String twice(String name, @Nullable Origin first) {
    return "duplicate key " + Shown.quote(name)
        + (first == null ? "" : ", which stands at " + first.place() + " already");
  }
}

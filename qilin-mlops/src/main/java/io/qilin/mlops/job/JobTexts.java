package io.qilin.mlops.job;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.report.JsonText;
import io.qilin.mlops.internal.StoredText;
import io.qilin.mlops.internal.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Texts that a store can keep: bounded, without NUL and without unpaired surrogates, which PostgreSQL refuses. */
final class JobTexts {
  static final int MOST_ENTRIES = 1_000;
  static final int LONGEST_NAME = 256;
  static final int MOST_CHARACTERS = 1 << 20;
  private static final int MOST_BYTES = 8 << 20;

  private JobTexts() {}

  /** A text from a caller, refused if it cannot be kept as it is. */
  static void require(String what, String text, int longest) {
    if (text.isBlank() || text.length() > longest) {
      throw QilinException.invalid(what + " has 1 to " + longest + " characters and is not blank,"
          + " was " + QilinException.quote(text));
    }
    requireStorable(what, text);
  }

  /** A sorted copy of texts from a caller. */
  static Map<String, String> copy(String what, Map<String, String> texts) {
    if (texts.size() > MOST_ENTRIES) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          what + " are " + texts.size() + ", at most " + MOST_ENTRIES + " are kept");
    }
    long characters = 0;
    Map<String, String> copy = new TreeMap<>();
    for (Map.Entry<String, String> entry : texts.entrySet()) {
      String name = present(what, entry.getKey());
      String value = present(what, entry.getValue());
      require("a name of " + what, name, LONGEST_NAME);
      requireStorable(what + " under " + QilinException.quote(name), value);
      characters += name.length() + (long) value.length();
      if (characters > MOST_CHARACTERS) {
        throw new QilinException(
            ErrorCode.LIMIT_EXCEEDED,
            what + " have more than " + MOST_CHARACTERS
                + " characters; keep large things as files and name them");
      }
      copy.put(name, value);
    }
    return Collections.unmodifiableMap(copy);
  }

  static String json(Map<String, String> texts) {
    JsonText json = new JsonText().object();
    texts.forEach((name, value) -> json.name(name).value(value));
    return json.end().toString();
  }

  static Map<String, String> parse(String what, String json) {
    Map<String, String> texts = new LinkedHashMap<>();
    StrictJson.object(json.getBytes(StandardCharsets.UTF_8), what, MOST_BYTES)
        .properties()
        .forEach(entry -> texts.put(entry.getKey(), entry.getValue().stringValue()));
    return texts;
  }

  private static String present(String what, @Nullable String text) {
    if (text == null) {
      throw QilinException.invalid(what + " hold a null");
    }
    return text;
  }

  private static void requireStorable(String what, String text) {
    int at = StoredText.fault(text, 0, text.length());
    if (at >= 0) {
      throw QilinException.invalid(what + " holds a NUL or an unpaired surrogate at place " + at
          + ", which no store keeps: " + QilinException.quote(text));
    }
  }
}

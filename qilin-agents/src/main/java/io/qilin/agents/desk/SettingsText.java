package io.qilin.agents.desk;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads the texts of a decision record's settings. What cannot be read is RECORD_MISMATCH. */
final class SettingsText {
  private SettingsText() {}

  static String text(Map<String, String> texts, String name) {
    String text = texts.get(name);
    if (text == null) {
      throw new QilinException(
          ErrorCode.RECORD_MISMATCH, "the record lacks the setting " + QilinException.quote(name));
    }
    return text;
  }

  static double number(Map<String, String> texts, String name) {
    return read(texts, name, Double::parseDouble);
  }

  /** Reads a text by a function that throws if it cannot. */
  static <T> T read(Map<String, String> texts, String name, Function<String, T> reader) {
    String text = text(texts, name);
    try {
      return reader.apply(text);
    } catch (RuntimeException e) {
      throw new QilinException(
          ErrorCode.RECORD_MISMATCH,
          "the record's setting " + name + " cannot be read: " + QilinException.quote(text),
          e);
    }
  }

  /** {@code true} or {@code false}, and nothing else. */
  static boolean truth(String text) {
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw QilinException.invalid("neither true nor false");
  }

  /** The parts between separators; none for an empty text. */
  static List<String> parts(String text, String separator) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(separator, -1));
  }

  /** The settings whose names begin with a prefix, by the rest of the name. */
  static Map<String, String> below(Map<String, String> texts, String prefix) {
    Map<String, String> out = new TreeMap<>();
    texts.forEach((name, text) -> {
      if (name.startsWith(prefix)) {
        out.put(name.substring(prefix.length()), text);
      }
    });
    return out;
  }
}

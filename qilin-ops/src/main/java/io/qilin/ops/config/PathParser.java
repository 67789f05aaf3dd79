package io.qilin.ops.config;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.List;

/** Reads one path. */
final class PathParser {
  private static final int LONGEST = 16_384;
  private static final int INDEX_DIGITS = 6;

  private final String text;
  private int at;

  PathParser(String text) {
    this.text = text;
  }

  ConfigPath parse() {
    if (text.length() > LONGEST) {
      throw QilinException.invalid(
          "a path has at most " + LONGEST + " characters, not " + text.length());
    }
    List<ConfigPath.Step> steps = new ArrayList<>();
    do {
      steps.add(step());
    } while (at < text.length());
    return new ConfigPath(steps);
  }

  private ConfigPath.Step step() {
    if (text.startsWith("[\"", at)) {
      at += 2;
      return new ConfigPath.Step(quoted(), -1);
    }
    if (text.startsWith("[", at)) {
      at++;
      return new ConfigPath.Step("", index());
    }
    if (at > 0) {
      expect(".");
    }
    return new ConfigPath.Step(plain(), -1);
  }

  private String plain() {
    int start = at;
    while (at < text.length() && ConfigPath.plain(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw broken();
    }
    return text.substring(start, at);
  }

  private int index() {
    int start = at;
    int value = 0;
    while (at < text.length() && at - start < INDEX_DIGITS && digit() >= 0) {
      value = 10 * value + digit();
      at++;
    }
    if (at == start || (text.charAt(start) == '0' && at - start > 1)) {
      at = start;
      throw broken();
    }
    expect("]");
    return value;
  }

  private int digit() {
    char c = text.charAt(at);
    return c >= '0' && c <= '9' ? c - '0' : -1;
  }

  private String quoted() {
    int start = at;
    StringBuilder name = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      name.append(text.charAt(at) == '\\' ? escaped() : text.charAt(at++));
    }
    if (at == start) {
      throw broken();
    }
    expect("\"]");
    return name.toString();
  }

  private char escaped() {
    if (text.startsWith("\\\\", at) || text.startsWith("\\\"", at)) {
      at += 2;
      return text.charAt(at - 1);
    }
    int value = 0;
    boolean fits = text.startsWith("\\u", at) && at + 6 <= text.length();
    for (int i = at + 2; fits && i < at + 6; i++) {
      int digit = Hex.digit(text.charAt(i));
      fits = digit >= 0;
      value = value * 16 + digit;
    }
    if (!fits) {
      throw broken();
    }
    at += 6;
    return (char) value;
  }

  private void expect(String next) {
    if (!text.startsWith(next, at)) {
      throw broken();
    }
    at += next.length();
  }

  private QilinException broken() {
    return QilinException.invalid(
        "not a path such as llm.providers[0].api-key or prices[\"600519.SH\"]: "
            + QilinException.quote(text) + ", at character " + (at + 1));
  }
}

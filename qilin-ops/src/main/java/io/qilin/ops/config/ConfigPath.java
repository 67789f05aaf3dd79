package io.qilin.ops.config;

import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A place in a configuration: {@code llm.providers[0].api-key}. A name with other characters than letters, digits, {@code -} and
 * {@code _} stands in brackets and quotes: {@code prices["600519.SH"]}. Immutable.
 *
 * @param steps from the top
 */
record ConfigPath(List<Step> steps) implements Comparable<ConfigPath> {
  static final ConfigPath ROOT = new ConfigPath(List.of());
  private static final int LONGEST = 16_384;

  /** A name, or where {@code name} is empty and {@code index} is not negative, an index. */
  record Step(String name, int index) implements Comparable<Step> {
    boolean isIndex() {
      return index >= 0;
    }

    @Override
    public int compareTo(Step other) {
      int byIndex = Integer.compare(index, other.index);
      return byIndex != 0 ? byIndex : name.compareTo(other.name);
    }
  }

  ConfigPath {
    steps = List.copyOf(steps);
  }

  ConfigPath name(String name) {
    return with(new Step(name, -1));
  }

  ConfigPath index(int index) {
    return with(new Step("", index));
  }

  private ConfigPath with(Step step) {
    List<Step> more = new ArrayList<>(steps.size() + 1);
    more.addAll(steps);
    more.add(step);
    return new ConfigPath(more);
  }

  boolean startsWith(ConfigPath other) {
    return steps.size() >= other.steps.size()
        && steps.subList(0, other.steps.size()).equals(other.steps);
  }

  /** What it holds comes right after a section, indices by number. */
  @Override
  public int compareTo(ConfigPath other) {
    int common = Math.min(steps.size(), other.steps.size());
    for (int i = 0; i < common; i++) {
      int step = steps.get(i).compareTo(other.steps.get(i));
      if (step != 0) {
        return step;
      }
    }
    return Integer.compare(steps.size(), other.steps.size());
  }

  /** Parses what {@link #toString} prints; INVALID_ARGUMENT for anything else. */
  static ConfigPath parse(String text) {
    if (text.length() > LONGEST) {
      throw QilinException.invalid(
          "a path has at most " + LONGEST + " characters, not " + text.length());
    }
    List<Step> steps = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '[' && text.startsWith("[\"", at)) {
        StringBuilder name = new StringBuilder();
        at = quoted(text, at + 2, name);
        steps.add(new Step(name.toString(), -1));
      } else if (c == '[') {
        int end = text.indexOf(']', at);
        steps.add(new Step("", index(text, at + 1, end)));
        at = end + 1;
      } else if ((c == '.') == (at > 0)) {
        int start = c == '.' ? at + 1 : at;
        at = start;
        while (at < text.length() && plain(text.charAt(at))) {
          at++;
        }
        if (at == start) {
          throw broken(text, at);
        }
        steps.add(new Step(text.substring(start, at), -1));
      } else {
        throw broken(text, at);
      }
    }
    if (steps.isEmpty()) {
      throw broken(text, 0);
    }
    return new ConfigPath(steps);
  }

  private static int index(String text, int start, int end) {
    boolean fits = end > start && end - start <= 6;
    for (int i = start; fits && i < end; i++) {
      fits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (!fits || (text.charAt(start) == '0' && end - start > 1)) {
      throw broken(text, start);
    }
    return Integer.parseInt(text.substring(start, end));
  }

  private static int quoted(String text, int start, StringBuilder name) {
    int at = start;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at);
      if (c != '\\') {
        name.append(c);
        at++;
      } else if (at + 1 < text.length() && "\\\"".indexOf(text.charAt(at + 1)) >= 0) {
        name.append(text.charAt(at + 1));
        at += 2;
      } else {
        name.append(escaped(text, at));
        at += 6;
      }
    }
    if (!text.startsWith("\"]", at) || at == start) {
      throw broken(text, at);
    }
    return at + 2;
  }

  private static char escaped(String text, int at) {
    int value = 0;
    boolean fits = text.startsWith("\\u", at) && at + 6 <= text.length();
    for (int i = at + 2; fits && i < at + 6; i++) {
      int digit = Hex.digit(text.charAt(i));
      fits = digit >= 0;
      value = value * 16 + digit;
    }
    if (!fits) {
      throw broken(text, at);
    }
    return (char) value;
  }

  private static QilinException broken(String text, int at) {
    return QilinException.invalid(
        "not a path such as llm.providers[0].api-key or prices[\"600519.SH\"]: "
            + QilinException.quote(text) + ", at character " + (at + 1));
  }

  private static boolean plain(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_';
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    for (Step step : steps) {
      if (step.isIndex()) {
        out.append('[').append(step.index()).append(']');
      } else if (!step.name().isEmpty() && step.name().chars().allMatch(c -> plain((char) c))) {
        out.append(out.isEmpty() ? "" : ".").append(step.name());
      } else {
        quote(step.name(), out);
      }
    }
    return out.toString();
  }

  private static void quote(String name, StringBuilder out) {
    out.append("[\"");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == ' ' || (Shown.visible(c) && !Character.isSurrogate(c))) {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
      }
    }
    out.append("\"]");
  }
}

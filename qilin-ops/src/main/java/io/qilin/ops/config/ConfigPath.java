package io.qilin.ops.config;

import io.qilin.ops.internal.VisibleText;
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
    return new PathParser(text).parse();
  }

  static boolean plain(char c) {
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
      } else if (c == ' ' || (VisibleText.visible(c) && !Character.isSurrogate(c))) {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
      }
    }
    out.append("\"]");
  }
}

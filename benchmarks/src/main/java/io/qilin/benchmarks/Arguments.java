package io.qilin.benchmarks;

import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** The arguments of a program: pairs of {@code --name value}, each with a default. */
final class Arguments {
  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads a command line.
   *
   * @param defaults names without dashes, and what holds where they are not given
   * @throws QilinException INVALID_ARGUMENT for a name that is not among them or has no value
   */
  static Arguments parse(List<String> line, Map<String, String> defaults) {
    Map<String, String> values = new LinkedHashMap<>(defaults);
    for (int i = 0; i < line.size(); i += 2) {
      String name = line.get(i).startsWith("--") ? line.get(i).substring(2) : line.get(i);
      if (!defaults.containsKey(name) || i + 1 == line.size()) {
        throw QilinException.invalid("an argument is one of " + new TreeSet<>(defaults.keySet())
            + " with two dashes, then its value; was " + QilinException.quote(line.get(i))
            + NearestName.hint(name, defaults.keySet()));
      }
      values.put(name, line.get(i + 1));
    }
    return new Arguments(values);
  }

  String text(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  /** A whole number of at least {@code least}. */
  int count(String name, int least) {
    int value;
    try {
      value = Integer.parseInt(text(name));
    } catch (NumberFormatException e) {
      throw QilinException.invalid(
          "--" + name + " is a whole number, was " + QilinException.quote(text(name)));
    }
    if (value < least) {
      throw QilinException.invalid("--" + name + " is at least " + least + ", was " + value);
    }
    return value;
  }

  double share(String name) {
    try {
      return Double.parseDouble(text(name));
    } catch (NumberFormatException e) {
      throw QilinException.invalid(
          "--" + name + " is a number, was " + QilinException.quote(text(name)));
    }
  }
}

package io.qilin.data.quality.table;

import io.qilin.api.error.QilinException;
import java.util.HashSet;
import java.util.List;

/** Checks of what rules are made of. */
final class Checked {
  private Checked() {}

  static void column(String name) {
    if (name.isEmpty() || name.chars().anyMatch(c -> c < ' ')) {
      throw QilinException.invalid(
          "a rule names a column by a text on one line that is not empty, was "
              + QilinException.quote(name));
    }
  }

  static void columns(String... names) {
    for (String name : names) {
      column(name);
    }
  }

  /** Copies a list of different names. */
  static List<String> columns(List<String> names) {
    names.forEach(Checked::column);
    if (names.isEmpty() || new HashSet<>(names).size() != names.size()) {
      throw QilinException.invalid(
          "a rule needs at least one column and none of them twice, had " + names);
    }
    return List.copyOf(names);
  }

  static void known(String what, double value) {
    if (Double.isNaN(value)) {
      throw QilinException.invalid(what + " must be a number, was NaN");
    }
  }

  static void span(String what, double low, double high) {
    if (!(low <= high)) {
      throw QilinException.invalid(
          what + " needs a low that is not above the high, had " + low + " and " + high);
    }
  }

  static void notNegative(String what, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw QilinException.invalid(what + " must be finite and not negative, was " + value);
    }
  }
}

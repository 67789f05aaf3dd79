package io.qilin.ops.config;

import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.ops.config.RecordShape.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which setting a name of the environment means. It is found by walking the record and not by taking the name apart, since {@code _}
 * parts sections and may stand for a dash as well.
 */
final class Environment {
  /** A reading of a name; exact if each dash is {@code __}. */
  private record Reading(ConfigPath path, boolean exact) {}

  private static final int INDEX_DIGITS = 5;

  private final RecordShape root;
  private final String prefix;

  Environment(RecordShape root, String prefix) {
    this.root = root;
    this.prefix = prefix.toUpperCase(Locale.ROOT);
  }

  /** The path that a name means; QilinException if there is none or more than one, with the nearest if that is asked for. */
  ConfigPath path(String name, boolean hint) {
    String rest = name.toUpperCase(Locale.ROOT).substring(prefix.length());
    Set<Reading> readings = new LinkedHashSet<>();
    read(root, rest, new Reading(ConfigPath.ROOT, true), readings);
    List<Reading> exact = readings.stream().filter(Reading::exact).toList();
    List<Reading> left = exact.isEmpty() ? List.copyOf(readings) : exact;
    if (left.size() == 1) {
      return left.get(0).path();
    }
    if (left.isEmpty()) {
      throw QilinException.invalid("means no setting" + (hint ? nearest(rest) : ""));
    }
    throw QilinException.invalid(
        "means " + left.get(0).path() + " or " + left.get(1).path() + "; write __ for each dash");
  }

  private String nearest(String rest) {
    List<String> known = suffixes();
    return NearestName.of(rest, known)
        .or(() -> known.stream().max(Comparator.comparingInt(name -> common(name, rest))))
        .map(near -> "; did you mean " + QilinException.quote(prefix + near) + "?")
        .orElse("");
  }

  private static int common(String a, String b) {
    int length = Math.min(a.length(), b.length());
    int at = 0;
    while (at < length && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    return at;
  }

  private static void read(Shape shape, String rest, Reading before, Set<Reading> found) {
    if (shape instanceof Shape.Maybe maybe) {
      read(maybe.shape(), rest, before, found);
    } else if (shape instanceof RecordShape made) {
      made.parts().values().forEach(part -> part(part, rest, before, found));
    } else if (shape instanceof Shape.Items items) {
      int end = end(rest);
      if (end > 0
          && end <= INDEX_DIGITS
          && rest.chars().limit(end).allMatch(c -> c >= '0' && c <= '9')) {
        Reading next = new Reading(
            before.path().index(Integer.parseInt(rest.substring(0, end))), before.exact());
        inner(items.shape(), rest, end, next, found);
      }
    } else if (shape instanceof Shape.Named named) {
      int end = end(rest);
      if (end > 0) {
        String key = rest.substring(0, end).toLowerCase(Locale.ROOT).replace("__", "-");
        inner(
            named.shape(), rest, end, new Reading(before.path().name(key), before.exact()), found);
      }
    } else if (rest.isEmpty()) {
      found.add(before);
    }
  }

  private static void part(Part part, String rest, Reading before, Set<Reading> found) {
    String upper = part.name().toUpperCase(Locale.ROOT);
    Map<String, Boolean> forms = new LinkedHashMap<>();
    forms.put(upper.replace("-", "__"), true);
    forms.putIfAbsent(upper.replace('-', '_'), false);
    forms.putIfAbsent(upper.replace("-", ""), false);
    forms.forEach((form, exact) -> {
      if (rest.startsWith(form)) {
        Reading next = new Reading(before.path().name(part.name()), before.exact() && exact);
        inner(part.shape(), rest, form.length(), next, found);
      }
    });
  }

  /** Goes on after a name that ends at {@code end}, at the end of the whole or at a single {@code _}. */
  private static void inner(Shape shape, String rest, int end, Reading next, Set<Reading> found) {
    if (end == rest.length()) {
      Shape kind = shape instanceof Shape.Maybe maybe ? maybe.shape() : shape;
      if (kind instanceof Shape.Items || kind instanceof Shape.Named) {
        found.add(next); // may be emptied by [] or {}
      }
      read(kind, "", next, found);
    } else if (rest.charAt(end) == '_' && end + 1 < rest.length()) {
      read(shape, rest.substring(end + 1), next, found);
    }
  }

  /** Where the first name or index of the rest ends: before a {@code _} that is not doubled. */
  private static int end(String rest) {
    int at = 0;
    while (at < rest.length()) {
      if (rest.charAt(at) == '_') {
        if (!rest.startsWith("__", at)) {
          return at;
        }
        at++;
      }
      at++;
    }
    return at;
  }

  /** What may follow the prefix, in the exact form, with index 0 and key KEY. */
  private List<String> suffixes() {
    List<String> all = new ArrayList<>();
    collect(root, "", all);
    return all;
  }

  private static void collect(Shape shape, String before, List<String> all) {
    String join = before.isEmpty() ? "" : before + "_";
    if (shape instanceof Shape.Maybe maybe) {
      collect(maybe.shape(), before, all);
    } else if (shape instanceof RecordShape made) {
      made.parts()
          .values()
          .forEach(part -> collect(
              part.shape(), join + part.name().toUpperCase(Locale.ROOT).replace("-", "__"), all));
    } else if (shape instanceof Shape.Items items) {
      collect(items.shape(), join + "0", all);
    } else if (shape instanceof Shape.Named named) {
      collect(named.shape(), join + "KEY", all);
    } else {
      all.add(before);
    }
  }
}

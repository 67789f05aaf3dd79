package io.qilin.restsource;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value in a spec's file, with its place for errors. */
final class SpecNode {
  private final String place;
  private final Object value;

  private SpecNode(String place, Object value) {
    this.place = place;
    this.value = value;
  }

  static SpecNode root(String name, @Nullable Object value) {
    if (value == null) {
      throw new QilinException(ErrorCode.INVALID_CONFIGURATION, name + ": the spec is empty");
    }
    return new SpecNode(name, value);
  }

  /** Refuses names of parts that are not known. */
  SpecNode only(String... known) {
    for (Object name : map().keySet()) {
      if (!Arrays.asList(known).contains(String.valueOf(name))) {
        throw wrong("there is no " + QilinException.quote(String.valueOf(name))
            + NearestName.hint(String.valueOf(name), Arrays.asList(known)) + "; there are "
            + Arrays.asList(known));
      }
    }
    return this;
  }

  private Map<?, ?> map() {
    if (!(value instanceof Map<?, ?> map)) {
      throw wrong("this is a map of names and values");
    }
    return map;
  }

  Optional<SpecNode> find(String name) {
    Object part = map().get(name);
    return part == null ? Optional.empty() : Optional.of(new SpecNode(place + "." + name, part));
  }

  SpecNode get(String name) {
    return find(name).orElseThrow(() -> wrong("'" + name + "' is missing"));
  }

  Map<String, SpecNode> parts() {
    Map<String, SpecNode> parts = new LinkedHashMap<>();
    map().forEach((key, part) -> {
      String name = String.valueOf(key);
      parts.put(name, new SpecNode(place + "." + name, part == null ? "" : part));
    });
    return parts;
  }

  List<SpecNode> list() {
    if (!(value instanceof List<?> list)) {
      throw wrong("this is a list");
    }
    List<SpecNode> all = new ArrayList<>();
    for (Object part : list) {
      all.add(new SpecNode(place + "[" + (all.size() + 1) + "]", part == null ? "" : part));
    }
    return all;
  }

  /** A text, or each of a list. */
  List<String> texts() {
    return value instanceof List<?>
        ? list().stream().map(SpecNode::text).toList()
        : List.of(text());
  }

  Map<String, String> textMap() {
    Map<String, String> texts = new LinkedHashMap<>();
    parts().forEach((name, part) -> texts.put(name, part.text()));
    return texts;
  }

  String text() {
    if (value instanceof Map<?, ?> || value instanceof List<?>) {
      throw wrong("this is a single value");
    }
    return String.valueOf(value);
  }

  Object tree() {
    return value;
  }

  int number() {
    if (value instanceof Integer number) {
      return number;
    }
    throw wrong("this is a whole number, was " + QilinException.quote(String.valueOf(value)));
  }

  boolean flag() {
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong("this is true or false, was " + QilinException.quote(String.valueOf(value)));
  }

  Duration time() {
    try {
      return Duration.parse(text());
    } catch (DateTimeException e) {
      throw wrong("this is a time like PT10S, was " + QilinException.quote(text()));
    }
  }

  /** A constant, in lower case and with hyphens. */
  <E extends Enum<E>> E constant(Class<E> type) {
    return constant(type, text());
  }

  /** A constant of a name that stands in this value. */
  <E extends Enum<E>> E constant(Class<E> type, String name) {
    List<String> known = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String written = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (written.equals(name)) {
        return constant;
      }
      known.add(written);
    }
    throw wrong("there is no " + QilinException.quote(name) + NearestName.hint(name, known)
        + "; there are " + known);
  }

  /** Makes something of this value, so that what is refused names the place. */
  <T> T make(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (QilinException e) {
      if (e.code() != ErrorCode.INVALID_ARGUMENT) {
        throw e;
      }
      String message = String.valueOf(e.getMessage());
      throw wrong(message.substring(message.indexOf(' ') + 1));
    }
  }

  QilinException wrong(String what) {
    return new QilinException(ErrorCode.INVALID_CONFIGURATION, place + ": " + what);
  }
}

package io.qilin.security.access;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A value of a JSON document with the way to it, so that every refusal says where. */
record JsonPlace(String path, @Nullable Object value) {
  private static final int LONGEST_NAME = 128;

  Map<String, JsonPlace> members() {
    if (!(value instanceof Map<?, ?> map)) {
      throw refused("it is not an object");
    }
    Map<String, JsonPlace> members = new LinkedHashMap<>();
    map.forEach((name, member) ->
        members.put((String) name, new JsonPlace(path + "." + shown((String) name), member)));
    return members;
  }

  private static String shown(String name) {
    return name.matches("[A-Za-z0-9_-]{1,64}") ? name : QilinException.quote(name);
  }

  void only(String... known) {
    for (String name : members().keySet()) {
      if (!Arrays.asList(known).contains(name)) {
        throw unknown("member", name, Arrays.asList(known));
      }
    }
  }

  JsonPlace need(String name) {
    return find(name).orElseThrow(() -> refused("its member '" + name + "' is missing"));
  }

  Optional<JsonPlace> find(String name) {
    return Optional.ofNullable(members().get(name));
  }

  List<JsonPlace> items() {
    if (!(value instanceof List<?> list)) {
      throw refused("it is not an array");
    }
    List<JsonPlace> items = new ArrayList<>();
    for (Object item : list) {
      items.add(new JsonPlace(path + "[" + items.size() + "]", item));
    }
    return items;
  }

  String text() {
    if (value instanceof String text) {
      return text;
    }
    throw refused("it is not a text");
  }

  /** Distinct texts of 1 to 128 characters. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (JsonPlace item : items()) {
      item.named(item.text());
      if (!names.add(item.text())) {
        throw item.refused("it is there twice");
      }
    }
    return names;
  }

  void named(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw refused("a name has 1 to 128 characters, this one has " + name.length());
    }
  }

  boolean yes() {
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw refused("it is not true or false");
  }

  BigDecimal number() {
    if (value instanceof BigDecimal number) {
      return number;
    }
    throw refused("it is not a number");
  }

  long whole(long least, long most) {
    BigDecimal number = number();
    boolean fits = number.compareTo(BigDecimal.valueOf(least)) >= 0
        && number.compareTo(BigDecimal.valueOf(most)) <= 0
        && number.stripTrailingZeros().scale() <= 0;
    if (!fits) {
      throw refused("it is not a whole number from " + least + " to " + most);
    }
    return number.longValueExact();
  }

  /** What a reader makes of the text; what it refuses gets the place. */
  <T> T read(Function<String, T> reader) {
    String text = text();
    try {
      return reader.apply(text);
    } catch (QilinException e) {
      throw new QilinException(ErrorCode.INPUT_REJECTED, path + ": " + e.getMessage(), e);
    }
  }

  QilinException unknown(String what, String name, Collection<String> known) {
    return refused("there is no " + what + " " + QilinException.quote(name)
        + NearestName.hint(name, known.stream().sorted().toList()));
  }

  QilinException refused(String why) {
    return new QilinException(ErrorCode.INPUT_REJECTED, path + " is refused: " + why);
  }
}

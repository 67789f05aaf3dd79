package io.qilin.mlops.dataset;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The members of a JSON object; each must be there, have its kind, and be asked for. Not thread-safe. */
final class JsonFields {
  private final JsonNode object;
  private final String path;
  private final Set<String> asked = new HashSet<>();

  JsonFields(JsonNode object, String path) {
    if (!object.isObject()) {
      throw wrong(path, "is not an object");
    }
    this.object = object;
    this.path = path;
  }

  private JsonNode member(String name) {
    asked.add(name);
    JsonNode member = object.get(name);
    if (member == null) {
      throw wrong(path + name, "is missing");
    }
    return member;
  }

  String text(String name) {
    JsonNode member = member(name);
    if (!member.isString()) {
      throw wrong(path + name, "is not a text");
    }
    return member.stringValue();
  }

  double number(String name) {
    return finite(member(name), path + name);
  }

  <E extends Enum<E>> E choice(String name, Class<E> type) {
    String text = text(name);
    for (E value : type.getEnumConstants()) {
      if (value.name().equals(text)) {
        return value;
      }
    }
    throw wrong(
        path + name,
        "is " + QilinException.quote(text) + ", not one of "
            + Arrays.toString(type.getEnumConstants()).toUpperCase(Locale.ROOT));
  }

  JsonNode array(String name) {
    JsonNode member = member(name);
    if (!member.isArray()) {
      throw wrong(path + name, "is not an array");
    }
    return member;
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode node : array(name)) {
      if (!node.isString()) {
        throw wrong(path + name, "has an entry that is not a text");
      }
      texts.add(node.stringValue());
    }
    return texts;
  }

  /** So many numbers; null is NaN. */
  double[] numbers(String name, int count) {
    JsonNode array = array(name);
    if (array.size() != count) {
      throw wrong(path + name, "has " + array.size() + " numbers for " + count + " columns");
    }
    double[] numbers = new double[count];
    int i = 0;
    for (JsonNode node : array) {
      numbers[i++] = node.isNull() ? Double.NaN : finite(node, path + name);
    }
    return numbers;
  }

  private static double finite(JsonNode node, String path) {
    double number = node.isNumber() ? node.doubleValue(Double.NaN) : Double.NaN;
    if (!Double.isFinite(number)) {
      throw wrong(path, "is not a finite number");
    }
    return number;
  }

  /** Requires that nothing is there that was not asked for. */
  void end() {
    for (String name : object.propertyNames()) {
      if (!asked.contains(name)) {
        throw wrong(path + QilinException.quote(name), "is not known");
      }
    }
  }

  static QilinException wrong(String path, String what) {
    return new QilinException(
        ErrorCode.DATA_FORMAT, "the JSON is not what was written: " + path + " " + what);
  }
}

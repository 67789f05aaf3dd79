package io.qilin.mlops.bundle;

import io.qilin.api.error.QilinException;
import io.qilin.mlops.internal.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** One JSON object of a bundle: exactly the members that are expected, each of its kind. */
final class BundleJson {
  private final String file;
  private final JsonNode node;

  private BundleJson(String file, JsonNode node) {
    this.file = file;
    this.node = node;
  }

  static BundleJson read(String file, byte[] bytes, int maxBytes, Set<String> members) {
    try {
      return new BundleJson(file, StrictJson.object(bytes, file, maxBytes)).require(members);
    } catch (QilinException e) {
      throw BundleFault.from(file, e);
    }
  }

  private BundleJson require(Set<String> members) {
    Set<String> found = new TreeSet<>(node.propertyNames());
    if (!found.equals(members)) {
      throw fault("it has the members " + QilinException.quote(found.toString()) + " instead of "
          + new TreeSet<>(members));
    }
    return this;
  }

  QilinException fault(String what) {
    return BundleFault.invalid(file, what);
  }

  String text(String name) {
    JsonNode member = node.get(name);
    if (member == null || !member.isString()) {
      throw fault(name + " is not a text");
    }
    return member.stringValue();
  }

  double number(String name) {
    JsonNode member = node.get(name);
    if (member == null || !member.isNumber()) {
      throw fault(name + " is not a number");
    }
    return member.doubleValue();
  }

  long whole(String name) {
    JsonNode member = node.get(name);
    if (member == null || !member.isIntegralNumber() || !member.canConvertToLong()) {
      throw fault(name + " is not a whole number");
    }
    return member.longValue();
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode entry : array(name)) {
      if (!entry.isString()) {
        throw fault(name + " holds what is not a text");
      }
      texts.add(entry.stringValue());
    }
    return texts;
  }

  /** Objects of an array, each with just these members. */
  List<BundleJson> objects(String name, int most, Set<String> members) {
    List<BundleJson> objects = new ArrayList<>();
    for (JsonNode entry : array(name)) {
      if (!entry.isObject() || objects.size() == most) {
        throw fault(name + " holds what is not an object, or more than " + most);
      }
      objects.add(new BundleJson(file, entry).require(members));
    }
    return objects;
  }

  /** Numbers of an array; null is {@code NaN}. */
  double[] numbers(String name) {
    return numbers(name, array(name));
  }

  /** Arrays of equally many numbers each, one after the other. */
  double[] table(String name, int width, int most, int mostValues) {
    JsonNode rows = array(name);
    if (rows.size() > most || (long) rows.size() * width > mostValues) {
      throw fault(name + " has " + rows.size() + " rows of " + width + "; at most " + most
          + " rows and " + mostValues + " values are accepted");
    }
    double[] all = new double[rows.size() * width];
    int at = 0;
    for (JsonNode row : rows) {
      if (!row.isArray() || row.size() != width) {
        throw fault("row " + (at / width + 1) + " of " + name + " has not " + width + " numbers");
      }
      System.arraycopy(numbers(name, row), 0, all, at, width);
      at += width;
    }
    return all;
  }

  private double[] numbers(String name, JsonNode array) {
    double[] values = new double[array.size()];
    int i = 0;
    for (JsonNode entry : array) {
      double value = entry.isNumber() ? entry.doubleValue() : Double.NaN;
      if ((!entry.isNumber() && !entry.isNull()) || Double.isInfinite(value)) {
        throw fault("entry " + (i + 1) + " in " + name + " is not a finite number or null");
      }
      values[i++] = value;
    }
    return values;
  }

  private JsonNode array(String name) {
    JsonNode member = node.get(name);
    if (member == null || !member.isArray()) {
      throw fault(name + " is not an array");
    }
    return member;
  }
}

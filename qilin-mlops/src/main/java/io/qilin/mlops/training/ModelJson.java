package io.qilin.mlops.training;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.internal.StrictJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A model's JSON: each member must be there, have its kind, and be asked for; any fault is MODEL_INVALID. Not thread-safe. */
final class ModelJson {
  private static final int MAX_BYTES = 64 << 20;

  private final JsonNode object;
  private final Set<String> asked = new HashSet<>();

  private ModelJson(JsonNode object) {
    this.object = object;
  }

  /** A document that says which format it has. */
  static ModelJson read(byte[] bytes, String format) {
    try {
      ModelJson json = new ModelJson(StrictJson.object(bytes, "the model", MAX_BYTES));
      if (!json.text("format").equals(format)) {
        throw invalid("its format is not " + format);
      }
      return json;
    } catch (QilinException e) {
      if (e.code() == ErrorCode.DATA_FORMAT) {
        throw new QilinException(ErrorCode.MODEL_INVALID, String.valueOf(e.getMessage()), e);
      }
      throw e;
    }
  }

  JsonNode member(String name) {
    asked.add(name);
    JsonNode member = object.get(name);
    if (member == null) {
      throw invalid(name + " is missing");
    }
    return member;
  }

  String text(String name) {
    JsonNode member = member(name);
    if (!member.isString()) {
      throw invalid(name + " is not a text");
    }
    return member.stringValue();
  }

  double number(String name) {
    return finite(member(name), name);
  }

  /** A whole number from 0 to 2^53. */
  long count(String name) {
    double number = number(name);
    if (number < 0 || number > (1L << 53) || number != Math.rint(number)) {
      throw invalid(name + " is not a count");
    }
    return (long) number;
  }

  List<String> texts(String name) {
    JsonNode array = member(name);
    if (!array.isArray()) {
      throw invalid(name + " is not an array");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode node : array) {
      if (!node.isString()) {
        throw invalid(name + " has an entry that is not a text");
      }
      texts.add(node.stringValue());
    }
    return texts;
  }

  /** So many finite numbers. */
  double[] numbers(String name, int count) {
    JsonNode array = member(name);
    if (!array.isArray() || array.size() != count) {
      throw invalid(name + " is not an array of " + count + " numbers");
    }
    double[] numbers = new double[count];
    int i = 0;
    for (JsonNode node : array) {
      numbers[i++] = finite(node, name);
    }
    return numbers;
  }

  private static double finite(JsonNode node, String name) {
    double number = node.isNumber() ? node.doubleValue(Double.NaN) : Double.NaN;
    if (!Double.isFinite(number)) {
      throw invalid(name + " is not a finite number");
    }
    return number;
  }

  /** Requires that nothing is there that was not asked for. */
  void end() {
    for (String name : object.propertyNames()) {
      if (!asked.contains(name)) {
        throw invalid("the member " + QilinException.quote(name) + " is not known");
      }
    }
  }

  static QilinException invalid(String what) {
    return new QilinException(ErrorCode.MODEL_INVALID, "the model is damaged: " + what);
  }
}

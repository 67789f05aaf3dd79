package io.qilin.mlflow;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What the double refuses, and the checks by which it does. */
final class DoubleRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Pattern KEY =
      Pattern.compile("[/\\w.\\- :]+", Pattern.UNICODE_CHARACTER_CLASS);

  private final int status;
  private final String code;

  private DoubleRefusal(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  static DoubleRefusal invalid(String message) {
    return new DoubleRefusal(400, "INVALID_PARAMETER_VALUE", message);
  }

  static DoubleRefusal exists(String message) {
    return new DoubleRefusal(400, "RESOURCE_ALREADY_EXISTS", message);
  }

  static DoubleRefusal unknown(String message) {
    return new DoubleRefusal(404, "RESOURCE_DOES_NOT_EXIST", message);
  }

  /** A text that must be there and be one. */
  static String text(JsonNode asked, String name) {
    JsonNode value = asked.path(name);
    if (!value.isString() || (value.asString().isEmpty() && !name.equals("value"))) {
      throw invalid("Missing value for required parameter '" + name + "'.");
    }
    return value.asString();
  }

  static String optional(JsonNode asked, String name) {
    JsonNode value = asked.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isString()) {
      throw invalid("Invalid value for parameter '" + name + "' supplied.");
    }
    return value.asString();
  }

  /** A whole number that must be there; in a query it is a text. */
  static long whole(JsonNode asked, String name) {
    JsonNode value = asked.path(name);
    if (value.isString() && value.asString().matches("-?[0-9]{1,18}")) {
      return Long.parseLong(value.asString());
    }
    if (!value.isIntegralNumber()) {
      throw invalid("Invalid value for parameter '" + name + "' supplied.");
    }
    return value.asLong();
  }

  static long whole(JsonNode asked, String name, long unlessSet) {
    return asked.hasNonNull(name) ? whole(asked, name) : unlessSet;
  }

  /** A key of a metric, param or tag. */
  static String key(JsonNode asked) {
    String key = text(asked, "key");
    if (key.length() > 250) {
      throw invalid("'key' exceeds the maximum length of 250 characters");
    }
    if (!KEY.matcher(key).matches()) {
      throw invalid(
          "Invalid value \"" + key + "\" for parameter 'key' supplied: Names may only contain"
              + " alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).");
    }
    for (String part : key.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw invalid(
            "Invalid value \"" + key + "\": names may be treated as files in certain cases");
      }
    }
    return key;
  }
}

package io.qilin.mlops.training;

import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The values of all parameters of a trainer, given or standard, each known to be in its range. For those who write a trainer.
 * Immutable.
 */
public final class ParameterValues {
  private final Map<String, String> values;

  private ParameterValues(Map<String, String> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /**
   * Checks given values against what a trainer understands.
   *
   * @throws QilinException INVALID_ARGUMENT for a name that is not known, with the nearest one, or a value out of range
   */
  public static ParameterValues read(List<TrainerParameter> known, Map<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>();
    for (TrainerParameter parameter : known) {
      values.put(parameter.name(), parameter.standard());
    }
    for (String name : new TreeMap<>(given).keySet()) {
      if (!values.containsKey(name)) {
        throw QilinException.invalid("no parameter is named " + QilinException.quote(name)
            + " among " + values.keySet() + NearestName.hint(name, values.keySet()));
      }
    }
    for (TrainerParameter parameter : known) {
      String value = given.get(parameter.name());
      if (value != null) {
        parameter.check(value);
        values.put(parameter.name(), value);
      }
    }
    return new ParameterValues(values);
  }

  /** All values by name, in the trainer's order. */
  public Map<String, String> all() {
    return values;
  }

  /** A decimal number. */
  public double number(String name) {
    return Double.parseDouble(text(name));
  }

  /** A whole number. */
  public long whole(String name) {
    return Long.parseLong(text(name));
  }

  /** A whole number that its range keeps within {@code int}. */
  public int small(String name) {
    return Math.toIntExact(whole(name));
  }

  /** A flag. */
  public boolean flag(String name) {
    return text(name).equals("true");
  }

  /** A value as it was given. */
  public String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw QilinException.invalid("the trainer declares no parameter " + name);
    }
    return value;
  }
}

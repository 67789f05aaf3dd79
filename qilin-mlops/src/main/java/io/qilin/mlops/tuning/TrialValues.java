package io.qilin.mlops.tuning;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values of one trial: of each parameter whose condition holds. Immutable. */
public final class TrialValues {
  /** {@code Double}, {@code Long} or {@code String}, in the order of the space. */
  private final Map<String, Object> values;

  TrialValues(Map<String, Object> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Whether the parameter is there. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /**
   * The value of a real parameter.
   *
   * @throws QilinException INVALID_ARGUMENT if it is of another kind or unknown; DATA_NOT_FOUND if its condition does not hold
   */
  public double real(String name) {
    return of(name, Double.class);
  }

  /** The value of a whole parameter; as {@link #real}. */
  public long whole(String name) {
    return of(name, Long.class);
  }

  /** The value of a choice; as {@link #real}. */
  public String choice(String name) {
    return of(name, String.class);
  }

  /** All of them as texts, in the order of the space, for records and for requests of jobs. */
  public Map<String, String> asTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach((name, value) -> texts.put(name, value.toString()));
    return Collections.unmodifiableMap(texts);
  }

  private <T> T of(String name, Class<T> kind) {
    Object value = values.get(name);
    if (value == null) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "this trial has no parameter " + QilinException.quote(name) + "; it has "
              + values.keySet());
    }
    if (!kind.isInstance(value)) {
      throw QilinException.invalid("the parameter " + name + " is a "
          + value.getClass().getSimpleName() + ", not a " + kind.getSimpleName());
    }
    return kind.cast(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrialValues that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** For example {@code {rate=0.1, leaves=31}}. */
  @Override
  public String toString() {
    return values.toString();
  }
}

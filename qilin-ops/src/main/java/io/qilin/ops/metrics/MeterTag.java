package io.qilin.ops.metrics;

import java.util.List;
import java.util.Objects;

/**
 * A tag of a meter and the values it may have, so that no name from outside makes meters without end. Immutable.
 *
 * @param name for example {@code agent}
 * @param listed the only values; empty if any fitting name is one
 * @param most how many different values are kept where none are listed; what comes later is {@value #OTHER}
 */
public record MeterTag(String name, List<String> listed, int most) {
  /** Stands for every value that is not listed, comes too late, is too long or has odd letters. */
  public static final String OTHER = "other";

  static final MeterTag METHOD =
      listed("method", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  static final MeterTag ENDPOINT = open("endpoint", 100);
  static final MeterTag STATUS = open("status", 60);
  static final MeterTag AGENT = open("agent", 100);
  static final MeterTag CODE = open("code", 100);
  static final MeterTag SIGNAL = listed("type", "BUY", "SELL", "HOLD");
  static final MeterTag SOURCE = open("source", 100);
  static final MeterTag KIND = open("kind", 20);
  static final MeterTag AGE = listed("age", "fresh", "stale");
  static final MeterTag OUTCOME = open("outcome", 100);
  static final MeterTag STATE = listed("state", "CLOSED", "HALF_OPEN", "OPEN");
  static final MeterTag CACHE = open("cache", 100);
  static final MeterTag STRATEGY = open("strategy", 100);
  static final MeterTag ACTION = open("action", 20);
  static final MeterTag STEP = open("step", 30);
  static final MeterTag MEMBER = open("member", 100);
  static final MeterTag MODEL = open("model", 100);
  static final MeterTag TOKENS = listed("tokens", "prompt", "cached", "completion");
  static final MeterTag EVENT =
      listed("event", "REGISTERED", "MOVED", "ALIAS_SET", "ALIAS_REMOVED", "DELETED");
  static final MeterTag METER = open("meter", 100);

  /** Copies the list. */
  public MeterTag {
    Objects.requireNonNull(name, "name");
    listed = List.copyOf(listed);
  }

  private static MeterTag listed(String name, String... values) {
    return new MeterTag(name, List.of(values), values.length);
  }

  private static MeterTag open(String name, int most) {
    return new MeterTag(name, List.of(), most);
  }

  /** The values in words: those that are listed, or how many. */
  public String values() {
    return listed.isEmpty() ? "at most " + most : String.join(", ", listed);
  }
}

package io.qilin.ops.alert;

import io.qilin.api.alert.Alert;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Severity;
import io.qilin.api.error.QilinException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A change of a rule that is to be told.
 *
 * @param kind what changed
 * @param rule the rule
 * @param at when, by the wall clock
 * @param value the reading; empty if it is missing
 * @param episode which firing, or which lack of data, of this rule it belongs to, from 1 on; makes messages different
 */
public record AlertEvent(
    Kind kind, AlertRule rule, Instant at, OptionalDouble value, long episode) {
  /** What can change. */
  public enum Kind {
    /** Readings were wrong for long enough. */
    FIRING,
    /** A firing that was told is over. */
    RESOLVED,
    /** Readings were missing for long enough. */
    NO_DATA,
    /** A lack of data that was told is over. */
    DATA_BACK
  }

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for a value that is not finite
   */
  public AlertEvent {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(at, "at");
    if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
      throw QilinException.invalid(
          "the value of an event is finite or missing, was " + value.getAsDouble());
    }
  }

  /**
   * The event as an alert: of the rule's code and severity if FIRING; of DATA_NOT_FOUND and the rule's severity if NO_DATA; a
   * WARNING if it ends something. Its source is {@code rule:} and the rule's name.
   */
  public Alert alert() {
    boolean ends = kind == Kind.RESOLVED || kind == Kind.DATA_BACK;
    boolean data = kind == Kind.NO_DATA || kind == Kind.DATA_BACK;
    Map<String, BigDecimal> figures = new TreeMap<>();
    figures.put("threshold", BigDecimal.valueOf(rule.threshold()));
    figures.put("episode", BigDecimal.valueOf(episode));
    value.ifPresent(number -> figures.put("value", BigDecimal.valueOf(number)));
    return new Alert(
        at,
        data ? ErrorCode.DATA_NOT_FOUND : rule.code(),
        "rule:" + rule.name(),
        message(),
        ends ? Severity.WARNING : rule.severity(),
        figures);
  }

  private String message() {
    String unit = rule.unit().isEmpty() ? "" : " " + rule.unit();
    String shown = value.isPresent() ? value.getAsDouble() + unit : "missing";
    String metric = QilinException.quote(rule.metric());
    String what = switch (kind) {
      case FIRING ->
        metric + " is " + shown + ", "
            + (rule.direction() == AlertRule.Direction.BELOW ? "below " : "above ")
            + rule.threshold() + unit;
      case RESOLVED -> metric + " is " + shown + ", fine again";
      case NO_DATA -> metric + " has had no usable reading for " + rule.noDataAfter();
      case DATA_BACK -> metric + " is read again: " + shown;
    };
    return kind + " " + what + " (episode " + episode + ")";
  }
}

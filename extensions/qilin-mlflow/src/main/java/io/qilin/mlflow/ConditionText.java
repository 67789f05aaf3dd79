package io.qilin.mlflow;

import io.qilin.api.model.RunCondition;
import io.qilin.api.model.RunCondition.Comparison;
import io.qilin.api.model.RunCondition.OfMetric;
import io.qilin.api.model.RunCondition.OfStart;
import io.qilin.api.model.RunCondition.OfText;
import io.qilin.api.model.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Conditions in MLflow's filter language. What the server finds may be more than what is asked for, as databases differ in how they
 * compare texts and {@code NaN}; it is never less. A condition that could find less is left to {@link RunMatch}.
 */
final class ConditionText {
  /** Values that need no quoting beyond quotes. */
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N} _./:,@+-]{1,500}");

  private static final String ALL = "";

  private ConditionText() {}

  /** The filter of all conditions that can be sent; may be empty. */
  static String filter(List<RunCondition> conditions) {
    List<String> parts = new ArrayList<>();
    for (RunCondition condition : conditions) {
      String part =
          condition.fold(ConditionText::metric, ConditionText::text, ConditionText::start);
      if (!part.equals(ALL)) {
        parts.add(part);
      }
    }
    return String.join(" and ", parts);
  }

  private static String metric(OfMetric metric) {
    if (Double.isInfinite(metric.value()) || Math.abs(metric.value()) == Double.MAX_VALUE) {
      return ALL;
    }
    return "metrics.`" + metric.key() + "` " + sign(metric.comparison()) + " " + metric.value();
  }

  private static String sign(Comparison comparison) {
    return switch (comparison) {
      case ABOVE -> ">";
      case AT_LEAST -> ">=";
      case BELOW -> "<";
      case AT_MOST -> "<=";
      case EQUAL -> "=";
      case NOT_EQUAL -> "!=";
    };
  }

  private static String text(OfText text) {
    String value = LongValues.shortened(text.value());
    if (!PLAIN.matcher(value).matches() || !text.equal()) {
      return ALL;
    }
    return switch (text.subject()) {
      case PARAM -> quoted("params.`" + text.key() + "`", value);
      case TAG -> Words.isReserved(text.key()) ? ALL : quoted("tags.`" + text.key() + "`", value);
      case STATUS -> status(value);
      case PARENT -> quoted("tags.`" + Words.PARENT + "`", value);
      case OWNER -> quoted("tags.`" + Words.OWNER + "`", value);
      case NAME -> value.length() > Words.MOST_NAME ? ALL : quoted("attributes.run_name", value);
    };
  }

  private static String quoted(String what, String value) {
    return what + " = '" + value + "'";
  }

  /** What MLflow calls scheduled counts as running. */
  private static String status(String value) {
    Optional<RunStatus> ended = List.of(RunStatus.values()).stream()
        .filter(status -> status.ended() && status.name().equals(value))
        .findFirst();
    return ended.isPresent() ? quoted("attributes.status", value) : ALL;
  }

  private static String start(OfStart start) {
    return "attributes.start_time >= " + start.from().toEpochMilli()
        + " and attributes.start_time < " + start.to().toEpochMilli();
  }
}

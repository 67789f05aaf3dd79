package io.qilin.mlflow;

import io.qilin.api.model.Run;
import io.qilin.api.model.RunCondition;
import io.qilin.api.model.RunCondition.OfMetric;
import io.qilin.api.model.RunCondition.OfStart;
import io.qilin.api.model.RunCondition.OfText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a run meets conditions, exactly. */
final class RunMatch {
  private RunMatch() {}

  static boolean meets(Run run, List<RunCondition> conditions) {
    return conditions.stream()
        .allMatch(condition -> condition.fold(
            metric -> metric(run, metric), text -> text(run, text), start -> start(run, start)));
  }

  private static boolean metric(Run run, OfMetric metric) {
    double value = run.metric(metric.key());
    if (Double.isNaN(value)) {
      return false;
    }
    return switch (metric.comparison()) {
      case ABOVE -> value > metric.value();
      case AT_LEAST -> value >= metric.value();
      case BELOW -> value < metric.value();
      case AT_MOST -> value <= metric.value();
      case EQUAL -> value == metric.value();
      case NOT_EQUAL -> value != metric.value();
    };
  }

  private static boolean text(Run run, OfText text) {
    Optional<String> value = switch (text.subject()) {
      case PARAM -> at(run.params(), text.key());
      case TAG -> at(run.tags(), text.key());
      case STATUS -> Optional.of(run.status().name());
      case PARENT -> run.parent();
      case OWNER -> run.owner().isEmpty() ? Optional.empty() : Optional.of(run.owner());
      case NAME -> Optional.of(run.name());
    };
    return value.isPresent() && value.get().equals(text.value()) == text.equal();
  }

  private static Optional<String> at(Map<String, String> texts, String key) {
    return Optional.ofNullable(texts.get(key));
  }

  private static boolean start(Run run, OfStart start) {
    return !run.started().isBefore(start.from()) && run.started().isBefore(start.to());
  }
}

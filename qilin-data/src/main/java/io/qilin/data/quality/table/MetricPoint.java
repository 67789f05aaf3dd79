package io.qilin.data.quality.table;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The figures of one judgement of a table that comes again and again.
 *
 * @param at when
 * @param metrics figures by name, finite
 */
public record MetricPoint(Instant at, Map<String, Double> metrics) {
  /**
   * Copies the map.
   *
   * @throws QilinException INVALID_ARGUMENT for a figure that is not finite
   */
  public MetricPoint {
    Objects.requireNonNull(at, "at");
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    metrics.forEach((name, value) -> {
      if (!(Math.abs(value) <= Double.MAX_VALUE)) {
        throw QilinException.invalid(
            "metric " + QilinException.quote(name) + " must be finite, was " + value);
      }
    });
  }

  /** The rows, the overall score, and of each rule that applied its value under {@code rule.NAME}. */
  public static MetricPoint of(TableReport report) {
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put("rows", (double) report.rows());
    put(metrics, "overall", report.overall());
    report.outcomes().stream()
        .filter(RuleOutcome::applied)
        .forEach(outcome -> put(metrics, "rule." + outcome.rule().name(), outcome.value()));
    return new MetricPoint(report.judgedAt(), metrics);
  }

  private static void put(Map<String, Double> metrics, String name, double value) {
    if (Math.abs(value) <= Double.MAX_VALUE) {
      metrics.put(name, value);
    }
  }
}

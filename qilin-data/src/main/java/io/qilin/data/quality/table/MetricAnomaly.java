package io.qilin.data.quality.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A figure that is not as its history lets expect.
 *
 * @param metric its name
 * @param value the new value
 * @param reason why it is an anomaly
 */
public record MetricAnomaly(String metric, double value, String reason) {
  /** Checks the parts. */
  public MetricAnomaly {
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(reason, "reason");
  }

  /**
   * Holds a point against earlier ones, by name of metric.
   *
   * @param history earlier points, the oldest first
   * @param point the new one
   * @param checks what each metric may be; metrics that the point does not have are passed over
   */
  public static List<MetricAnomaly> find(
      List<MetricPoint> history, MetricPoint point, Map<String, List<MetricCheck>> checks) {
    List<MetricAnomaly> found = new ArrayList<>();
    new TreeMap<>(checks).forEach((metric, list) -> {
      Double value = point.metrics().get(metric);
      if (value != null) {
        List<Double> values = history.stream()
            .map(earlier -> Optional.ofNullable(earlier.metrics().get(metric)))
            .flatMap(Optional::stream)
            .toList();
        for (MetricCheck check : list) {
          check
              .anomaly(values, value)
              .ifPresent(reason -> found.add(new MetricAnomaly(metric, value, reason)));
        }
      }
    });
    return found;
  }
}

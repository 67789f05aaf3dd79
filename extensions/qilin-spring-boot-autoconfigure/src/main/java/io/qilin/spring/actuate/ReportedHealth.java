package io.qilin.spring.actuate;

import io.qilin.ops.health.HealthComponent;
import io.qilin.ops.health.HealthProbe;
import io.qilin.ops.health.HealthRegistry;
import io.qilin.ops.health.HealthReport;
import io.qilin.ops.health.HealthStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The health of one part as the actuator shows it. A required part that does not work is {@code DOWN}; one that the
 * application can do without is {@code DEGRADED}, as is one that works with less; while the application stops, a required one
 * is {@code OUT_OF_SERVICE}.
 *
 * @param status a code of the actuator
 * @param details to be shown to whom details are shown
 */
record ReportedHealth(String status, Map<String, Object> details) {
  static final String DEGRADED = "DEGRADED";

  /** What is wrong, by the name of the part. */
  static Map<String, String> troubles(HealthRegistry registry) {
    Map<String, String> troubles = new TreeMap<>();
    HealthReport report = registry.report(HealthProbe.READY);
    report.components().forEach((name, component) -> {
      if (component.result().status() != HealthStatus.HEALTHY) {
        troubles.put(name, of(report, name).status() + ": " + component.result().reason());
      }
    });
    return troubles;
  }

  /** Asks the registry, which keeps answers for a moment, for one part. */
  static ReportedHealth of(HealthRegistry registry, String name) {
    return of(registry.report(HealthProbe.READY), name);
  }

  private static ReportedHealth of(HealthReport report, String name) {
    HealthComponent component = report.components().get(name);
    if (component == null) {
      return new ReportedHealth("UNKNOWN", Map.of("reason", "no part has this name"));
    }
    Map<String, Object> details = new LinkedHashMap<>();
    if (!component.result().reason().isEmpty()) {
      details.put("reason", component.result().reason());
    }
    details.put("required", component.required());
    details.putAll(component.result().facts());
    if (report.draining() && component.required()) {
      return new ReportedHealth("OUT_OF_SERVICE", details);
    }
    String status = switch (component.result().status()) {
      case HEALTHY -> "UP";
      case DEGRADED -> DEGRADED;
      case UNHEALTHY -> component.required() ? "DOWN" : DEGRADED;
    };
    return new ReportedHealth(status, details);
  }
}

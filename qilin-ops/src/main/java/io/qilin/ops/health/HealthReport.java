package io.qilin.ops.health;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How the host is, part by part. Immutable. What looks like a secret in reasons and facts is replaced by {@code ***} when the report is
 * made.
 *
 * @param status the worst of the required parts; at least DEGRADED where another part is not HEALTHY; UNHEALTHY while draining
 * @param draining whether the host takes no work on purpose
 * @param components by name, sorted
 */
public record HealthReport(
    HealthStatus status, boolean draining, Map<String, HealthComponent> components) {
  /** Checks, copies and removes secrets. */
  public HealthReport {
    Objects.requireNonNull(status, "status");
    Map<String, HealthComponent> clean = new TreeMap<>();
    components.forEach((name, component) -> clean.put(
        name, new HealthComponent(component.required(), Redaction.clean(component.result()))));
    components = Collections.unmodifiableMap(clean);
  }

  /** The report about these parts. */
  public static HealthReport of(Map<String, HealthComponent> components, boolean draining) {
    HealthStatus worst = draining ? HealthStatus.UNHEALTHY : HealthStatus.HEALTHY;
    for (HealthComponent component : components.values()) {
      worst = worst.worse(component.weight());
    }
    return new HealthReport(worst, draining, components);
  }

  /** Whether a probe passes: HEALTHY or DEGRADED. */
  public boolean passes() {
    return status != HealthStatus.UNHEALTHY;
  }

  /**
   * One line of JSON in the form of the usual probe endpoints: {@code {"status":"UP","components":{"db":{"status":"UP",…}}}}. HEALTHY
   * is {@code UP}, DEGRADED is {@code DEGRADED}, UNHEALTHY is {@code DOWN}, and {@code OUT_OF_SERVICE} while draining.
   */
  public String toJson() {
    return JsonText.write(tree(true));
  }

  /** The same without the parts, for those who are told no more. */
  public String toShortJson() {
    return JsonText.write(tree(false));
  }

  Map<String, Object> tree(boolean withParts) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("status", draining ? "OUT_OF_SERVICE" : word(status));
    if (withParts) {
      Map<String, Object> parts = new LinkedHashMap<>();
      components.forEach((name, component) -> parts.put(name, part(component)));
      tree.put("components", parts);
    }
    return tree;
  }

  private static Map<String, Object> part(HealthComponent component) {
    Map<String, Object> part = new LinkedHashMap<>();
    Map<String, Object> details = new LinkedHashMap<>();
    HealthResult result = component.result();
    if (!result.reason().isEmpty()) {
      details.put("reason", result.reason());
    }
    details.put("required", component.required());
    if (!result.facts().isEmpty()) {
      details.put("facts", result.facts());
    }
    part.put("status", word(result.status()));
    part.put("details", details);
    return part;
  }

  static String word(HealthStatus status) {
    return switch (status) {
      case HEALTHY -> "UP";
      case DEGRADED -> "DEGRADED";
      case UNHEALTHY -> "DOWN";
    };
  }
}

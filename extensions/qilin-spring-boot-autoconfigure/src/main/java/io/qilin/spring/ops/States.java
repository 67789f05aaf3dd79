package io.qilin.spring.ops;

import io.qilin.ops.health.HealthResult;
import io.qilin.ops.health.HealthStatus;
import io.qilin.spring.PartState;
import java.util.Map;

/** The words of qilin-ops for how a part is, and those of this package. */
final class States {
  private States() {}

  static PartState from(HealthResult result) {
    PartState.Level level = switch (result.status()) {
      case HEALTHY -> PartState.Level.UP;
      case DEGRADED -> PartState.Level.DEGRADED;
      case UNHEALTHY -> PartState.Level.DOWN;
    };
    return new PartState(level, result.reason(), Map.copyOf(result.facts()));
  }

  static HealthResult result(PartState state) {
    HealthStatus status = switch (state.level()) {
      case UP -> HealthStatus.HEALTHY;
      case DEGRADED -> HealthStatus.DEGRADED;
      case DOWN -> HealthStatus.UNHEALTHY;
    };
    HealthResult result = new HealthResult(status, state.reason(), Map.of());
    for (Map.Entry<String, Object> fact : state.facts().entrySet()) {
      result = result.with(fact.getKey(), fact.getValue());
    }
    return result;
  }
}

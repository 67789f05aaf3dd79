package io.qilin.ops.quota;

import io.qilin.ops.health.HealthResult;
import java.util.List;

/** Which quotas are set and cannot be enforced. */
final class QuotaHealth {
  private QuotaHealth() {}

  static HealthResult of(QuotaSettings settings, QuotaPool pool) {
    List<Quota> quotas =
        pool.with((all, now) -> all.sorted().stream().map(state -> state.quota).toList());
    if (!settings.meter().countsCpu()
        && quotas.stream().anyMatch(q -> q.cpuShare().isPresent())) {
      return HealthResult.degraded(
          "this JVM does not count the processor time of threads; no such quota is enforced");
    }
    if (!settings.meter().countsAllocation()
        && quotas.stream().anyMatch(q -> q.allocationBytesPerSecond().isPresent())) {
      return HealthResult.degraded(
          "this JVM does not count what threads allocate; no such quota is enforced");
    }
    List<String> gpu = gpuStrategies(pool);
    if (gpu.isEmpty()) {
      return HealthResult.healthy();
    }
    GpuMeter meter = settings.gpu();
    return meter == null
        ? HealthResult.degraded("there is no probe of graphics memory; no such quota is enforced")
        : meter.health(gpu, settings.ticker().getAsLong());
  }

  static List<String> gpuStrategies(QuotaPool pool) {
    return pool.with((all, now) -> all.sorted().stream()
        .filter(state -> state.quota.gpuMemoryBytes().isPresent())
        .map(state -> state.name)
        .toList());
  }
}

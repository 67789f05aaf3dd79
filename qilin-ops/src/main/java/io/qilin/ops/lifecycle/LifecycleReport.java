package io.qilin.ops.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a host ended.
 *
 * @param state STOPPED, or FAILED if it never ran
 * @param drains how each gate was drained
 * @param parts in the order in which they were stopped
 * @param duration of it all, by the ticker
 */
public record LifecycleReport(
    LifecycleState state, List<DrainReport> drains, List<PartEnd> parts, Duration duration) {
  /** Checks and copies. */
  public LifecycleReport {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(duration, "duration");
    drains = List.copyOf(drains);
    parts = List.copyOf(parts);
  }

  /** Whether nothing was left inside a gate and every part that had been started stopped well. */
  public boolean clean() {
    return drains.stream().allMatch(DrainReport::clean)
        && parts.stream()
            .allMatch(
                part -> part.how() == PartEnd.How.STOPPED || part.how() == PartEnd.How.NOT_STARTED);
  }
}

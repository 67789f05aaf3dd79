package io.qilin.ops.resilience;

import java.time.Duration;
import java.util.Objects;

/**
 * How long the last attempts took, failed ones included; at most 256 are remembered.
 *
 * @param count how many it is about
 * @param p50 half of them took no longer; zero if there are none
 * @param p95 95 % of them took no longer
 * @param p99 99 % of them took no longer
 * @param max the longest
 */
public record Latency(int count, Duration p50, Duration p95, Duration p99, Duration max) {
  /** Of no attempt. */
  public static final Latency NONE =
      new Latency(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** Checks that the parts are there. */
  public Latency {
    Objects.requireNonNull(p50, "p50");
    Objects.requireNonNull(p95, "p95");
    Objects.requireNonNull(p99, "p99");
    Objects.requireNonNull(max, "max");
  }
}

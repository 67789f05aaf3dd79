package io.qilin.data.failover;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How one member of a chain is doing.
 *
 * @param member its name
 * @param state of its guard
 * @param calls calls that were made since the chain was built, retries included
 * @param retries those of them that were retries
 * @param failures calls that failed, timed out, were overtaken, or whose answer was none
 * @param running calls that are on the executor now, those that hang included
 * @param p50 the median of the last 128 calls that ended or timed out; empty before the first
 * @param p99 the 99th percentile of the same
 * @param lastFailure the last failure, one line
 */
public record MemberHealth(
    String member,
    CallGuard.State state,
    long calls,
    long retries,
    long failures,
    int running,
    Optional<Duration> p50,
    Optional<Duration> p99,
    Optional<String> lastFailure) {
  /** Checks the parts. */
  public MemberHealth {
    Objects.requireNonNull(member, "member");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(p50, "p50");
    Objects.requireNonNull(p99, "p99");
    Objects.requireNonNull(lastFailure, "lastFailure");
  }
}

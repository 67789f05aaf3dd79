package io.qilin.data.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An answer, and who gave it.
 *
 * @param <T> what was asked for
 * @param value the answer, all of it from one member
 * @param member the member that gave it
 * @param retrievedAt when it gave it
 * @param staleAge how old the answer is, if it is a kept copy that stands for members that failed: since it was given, or how
 *     much earlier the moment is of which it was asked then, whichever is longer; empty for an answer
 *     that was just given or that is still fresh by the chain's settings
 * @param attempts the members that were asked or passed over; none for an answer that was still fresh
 */
public record Served<T>(
    T value,
    String member,
    Instant retrievedAt,
    Optional<Duration> staleAge,
    List<Attempt> attempts) {
  /** Copies the list. */
  public Served {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(member, "member");
    Objects.requireNonNull(retrievedAt, "retrievedAt");
    Objects.requireNonNull(staleAge, "staleAge");
    attempts = List.copyOf(attempts);
  }

  /** Whether the answer is a kept copy that stands for members that failed. */
  public boolean stale() {
    return staleAge.isPresent();
  }

  /** One line without the value, for example {@code served by vendor, STALE by PT3H}. */
  @Override
  public String toString() {
    return "served by " + member + " at " + retrievedAt
        + staleAge.map(age -> ", STALE by " + age).orElse("")
        + (attempts.isEmpty() ? "" : " " + attempts);
  }
}

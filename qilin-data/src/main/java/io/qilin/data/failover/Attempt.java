package io.qilin.data.failover;

import io.qilin.api.error.ErrorCode;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One member that was asked, or passed over, for one query.
 *
 * @param member its name in the chain
 * @param outcome what became of it
 * @param code the kind of error, if there was one
 * @param reason why, one line; empty if it was served
 * @param elapsed how long it took, by the ticker
 */
public record Attempt(
    String member,
    AttemptOutcome outcome,
    Optional<ErrorCode> code,
    String reason,
    Duration elapsed) {
  /** Checks the parts. */
  public Attempt {
    Objects.requireNonNull(member, "member");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(elapsed, "elapsed");
  }

  /** For example {@code vendor TIMED_OUT after 2000 ms: no answer within PT2S}. */
  @Override
  public String toString() {
    return member + " " + outcome + " after " + elapsed.toMillis() + " ms"
        + (reason.isEmpty() ? "" : ": " + reason);
  }
}

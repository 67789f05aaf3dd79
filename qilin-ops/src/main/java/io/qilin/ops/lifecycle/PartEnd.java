package io.qilin.ops.lifecycle;

import java.time.Duration;
import java.util.Objects;

/**
 * How a part ended.
 *
 * @param name the part's
 * @param how in which way
 * @param duration of its stop, by the ticker
 * @param reason why it did not stop well; empty if it did
 */
public record PartEnd(String name, How how, Duration duration, String reason) {
  /** The ways. */
  public enum How {
    /** It stopped. */
    STOPPED,
    /** Its stop threw. */
    FAILED,
    /** Its stop did not end in time, was interrupted and left alone. */
    TIMED_OUT,
    /** It had not been started. */
    NOT_STARTED
  }

  /** Checks the parts. */
  public PartEnd {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(how, "how");
    Objects.requireNonNull(duration, "duration");
    Objects.requireNonNull(reason, "reason");
  }
}

package io.qilin.ops.error;

import io.qilin.api.error.ErrorCode;
import java.time.Instant;
import java.util.Objects;

/**
 * An order that only a person can decide about.
 *
 * @param at when it was put aside
 * @param subject which order, for example its client order id
 * @param code what stood in the way
 * @param message what happened, one line, without secrets
 */
public record ManualCase(Instant at, String subject, ErrorCode code, String message) {
  /** Checks that the parts are there. */
  public ManualCase {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
  }
}

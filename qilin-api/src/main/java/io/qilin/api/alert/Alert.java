package io.qilin.api.alert;

import io.qilin.api.error.ErrorCode;
import java.time.Instant;
import java.util.Objects;

/**
 * Something a person should know.
 *
 * @param at when it was noticed
 * @param code what kind of trouble it is; its severity is the alert's
 * @param source which part of Qilin noticed, for example {@code quality}
 * @param message one line, without secrets
 */
public record Alert(Instant at, ErrorCode code, String source, String message) {
  /** Checks the parts. */
  public Alert {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(message, "message");
  }
}

package io.qilin.ops.error;

import io.qilin.api.error.ErrorCode;
import java.util.Objects;

/**
 * What a stranger may be told about a failure. It holds no word of the failure itself: the details stand in the log, under the
 * correlation id.
 *
 * <p>Of the codes of security only who-are-you, may-not, too-often and second-factor are told; every other one is told as {@link
 * ErrorCode#AUTHORIZATION}, so that an attacker does not learn what was noticed.
 *
 * @param code the code that may be told
 * @param message one sentence that depends on the code alone
 * @param retryable whether the same call may succeed later
 * @param correlationId 32 hexadecimal digits, random; a person quotes it, and the log has it
 */
public record PublicError(ErrorCode code, String message, boolean retryable, String correlationId) {
  /** Checks that the parts are there. */
  public PublicError {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(correlationId, "correlationId");
  }

  static PublicError of(ErrorCode code, String correlationId) {
    ErrorCode told = PublicText.told(code);
    return new PublicError(told, PublicText.of(told), told.retryable(), correlationId);
  }

  /** For example {@code QILIN-5002 The call did not end in time. (reference 0f3a…)}. */
  @Override
  public String toString() {
    return "QILIN-" + code.number() + " " + message + " (reference " + correlationId + ")";
  }
}

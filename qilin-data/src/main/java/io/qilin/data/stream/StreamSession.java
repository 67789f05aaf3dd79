package io.qilin.data.stream;

import io.qilin.api.error.QilinException;
import io.qilin.core.rules.SessionPhase;
import java.time.Instant;
import java.util.Objects;

/**
 * A stretch of time without a break in which the market works in one way: the opening auction, the morning, the afternoon,
 * the closing auction. Windows never reach from one into another.
 *
 * @param phase how the market works; the two parts of the opening auction are one stretch, named by the first
 * @param start first moment
 * @param end first moment after it
 */
public record StreamSession(SessionPhase phase, Instant start, Instant end) {
  /**
   * Checks the order.
   *
   * @throws QilinException INVALID_ARGUMENT unless end is after start; DATA_FORMAT outside the years 1678 to 2262
   */
  public StreamSession {
    Objects.requireNonNull(phase, "phase");
    if (EpochNanos.of(end) <= EpochNanos.of(start)) {
      throw QilinException.invalid("a session ends after it starts, was " + start + " to " + end);
    }
  }
}

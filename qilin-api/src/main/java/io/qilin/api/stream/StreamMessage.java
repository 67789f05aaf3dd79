package io.qilin.api.stream;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.Objects;

/**
 * A message on its way to a {@link StreamSink}.
 *
 * @param id names its content for ever: two messages of one id are one message
 * @param position where it was read, or {@value #NO_POSITION} for what was made on the way
 * @param key what it is about, for example an instrument; messages of one key stay in order
 * @param eventTime when it happened
 * @param payload what it carries
 * @param <T> the type of the payload
 */
public record StreamMessage<T>(String id, long position, String key, Instant eventTime, T payload) {
  /** For a message that was not read at a position. */
  public static final long NO_POSITION = -1;

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for an empty id or a position below −1
   */
  public StreamMessage {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(eventTime, "eventTime");
    Objects.requireNonNull(payload, "payload");
    if (id.isEmpty()) {
      throw QilinException.invalid("a message needs an id, was empty");
    }
    if (position < NO_POSITION) {
      throw QilinException.invalid("a position is not negative, was " + position);
    }
  }
}

package io.qilin.data.stream;

import java.util.Objects;

/**
 * A message that did not get through, with what a person needs to mend it.
 *
 * @param source id of the source, or of the sink that refused
 * @param position where the message stands in the source, −1 for a window
 * @param reason why, for a program
 * @param message why, for a person
 * @param payload the beginning of what it carried, as text: bytes that are not printable ASCII are written {@code \xNN}
 */
public record DeadLetter(
    String source, long position, DeadLetterReason reason, String message, String payload) {
  /** Checks the parts. */
  public DeadLetter {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(payload, "payload");
  }
}

package io.qilin.flink;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A message of a source: its bytes, or why they cannot be read. Immutable, as long as nobody writes to the bytes that are handed
 * in.
 */
public final class SourceMessage {
  /** No message of a broker or a file is longer. */
  static final int MOST_BYTES = 64 << 20;

  /** As much of a reason as dead letters hold, and more than a source is called. */
  private static final int MOST_TEXT = 4096;

  private final String source;
  private final long position;
  private final byte[] payload;
  private final String damage;

  private SourceMessage(String source, long position, byte[] payload, String damage) {
    this.source = Objects.requireNonNull(source, "source");
    this.position = position;
    this.payload = Objects.requireNonNull(payload, "payload");
    this.damage = Objects.requireNonNull(damage, "damage");
    if (source.length() > MOST_TEXT) {
      throw QilinException.invalid(
          "the name of a source has at most " + MOST_TEXT + " characters, had " + source.length());
    }
    if (payload.length > MOST_BYTES) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "the message " + position + " of " + source + " has " + payload.length + " bytes, and "
              + MOST_BYTES + " at most; make a damaged message of it");
    }
    if (position < 0) {
      throw QilinException.invalid(
          "the position of a message is not negative, was " + position + " in " + source);
    }
  }

  /**
   * A message.
   *
   * @param source names the ordered stream that it is part of: a partition, a file
   * @param position where it stands in the source, not negative; the positions of a source ascend
   * @param payload what it carries; not copied
   * @throws QilinException INVALID_ARGUMENT for a negative position or a name of more than 4,096 characters; LIMIT_EXCEEDED for
   *     more than 64 MiB
   */
  public static SourceMessage of(String source, long position, byte[] payload) {
    return new SourceMessage(source, position, payload, "");
  }

  /**
   * A part of a source that cannot be read.
   *
   * @param reason what is wrong with it, not empty; cut to 4,096 characters
   * @throws QilinException INVALID_ARGUMENT without a reason; else as {@link #of}
   */
  public static SourceMessage damaged(String source, long position, byte[] bytes, String reason) {
    if (reason.isEmpty()) {
      throw QilinException.invalid("a damaged message needs a reason, was empty");
    }
    String kept = reason.length() > MOST_TEXT ? reason.substring(0, MOST_TEXT) : reason;
    return new SourceMessage(source, position, bytes, kept);
  }

  /** The source. */
  public String source() {
    return source;
  }

  /** Where it stands in the source. */
  public long position() {
    return position;
  }

  /** What it carries: a new view of the bytes, not to be written to. */
  public ByteBuffer payload() {
    return ByteBuffer.wrap(payload);
  }

  /** Whether it cannot be read. */
  public boolean isDamaged() {
    return !damage.isEmpty();
  }

  /** Why it cannot be read; empty if it can. */
  public String damage() {
    return damage;
  }

  /** The bytes, not to be changed. */
  byte[] bytes() {
    return payload;
  }

  /** How Flink writes messages, for {@code returns} and {@code fromData}; without it Flink takes Kryo. */
  public static TypeInformation<SourceMessage> type() {
    return Forms.type(Forms.MESSAGE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourceMessage that
        && source.equals(that.source)
        && position == that.position
        && damage.equals(that.damage)
        && Arrays.equals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return Objects.hash(source, position);
  }

  @Override
  public String toString() {
    return source + "@" + position + ", " + payload.length + " bytes";
  }
}

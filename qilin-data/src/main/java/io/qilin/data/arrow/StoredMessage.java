package io.qilin.data.arrow;

import io.qilin.data.table.TableLimits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.apache.arrow.flatbuf.Message;

/**
 * One message of a file or stream: its metadata, and where its body stands.
 *
 * @param metadata by {@code Message.fbs}; read within {@link FlatBuffer#read}
 * @param version of the metadata
 * @param kind of {@link org.apache.arrow.flatbuf.MessageHeader}
 * @param body where its body begins
 * @param bodyLength length of the body
 */
record StoredMessage(Message metadata, int version, byte kind, long body, long bodyLength) {
  private static final int CONTINUATION = -1;

  /** Where the next message begins. */
  long end() {
    return body + bodyLength;
  }

  /** The message at a position; empty at the end of the stream, whether it is marked or just ends. */
  static Optional<StoredMessage> at(
      ByteSource source, long position, TableLimits limits, Where where) {
    if (source.isAtEnd(position, where)) {
      return Optional.empty();
    }
    long at = position;
    int length = readInt(source, at, where);
    at += Integer.BYTES;
    if (length == CONTINUATION) {
      length = readInt(source, at, where);
      at += Integer.BYTES;
    }
    if (length == 0) {
      return Optional.empty();
    }
    if (length < 0) {
      throw where.broken("a message has metadata of " + length + " bytes");
    }
    if (length > limits.metadataBytes()) {
      throw where.tooLarge("a message has metadata of " + length + " bytes, more than "
          + limits.metadataBytes() + "; this may be no Arrow stream at all");
    }
    if (length > source.available(at)) {
      throw where.broken("a message has metadata of " + length + " bytes, more than there are");
    }
    ByteBuffer bytes = ByteBuffer.wrap(source.bytes(at, length, where));
    return Optional.of(parse(source, bytes, at + length, where));
  }

  private static int readInt(ByteSource source, long position, Where where) {
    byte[] bytes = source.bytes(position, Integer.BYTES, where);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  private static StoredMessage parse(ByteSource source, ByteBuffer bytes, long body, Where where) {
    StoredMessage read = FlatBuffer.read(where, () -> {
      Message message = Message.getRootAsMessage(bytes);
      return new StoredMessage(
          message, message.version(), message.headerType(), body, message.bodyLength());
    });
    if (read.bodyLength < 0 || read.bodyLength > source.available(body)) {
      throw where.broken("a message has a body of " + read.bodyLength + " bytes, more than there"
          + " are; the file may not have been written or copied whole");
    }
    return read;
  }
}

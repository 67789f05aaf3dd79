package io.qilin.security.audit;

import java.nio.ByteBuffer;

/** A frame whose sum is right, as it lies in a file. */
final class RawFrame {
  private final long offset;
  private final byte[] body;

  RawFrame(long offset, byte[] body) {
    this.offset = offset;
    this.body = body;
  }

  /** Where the frame begins in its file. */
  long offset() {
    return offset;
  }

  /** Where the body begins in its file. */
  long bodyOffset() {
    return offset + Frames.PREFIX;
  }

  byte type() {
    return body[0];
  }

  byte[] body() {
    return body;
  }

  /** The body after the type. */
  ByteBuffer content() {
    return ByteBuffer.wrap(body, 1, body.length - 1);
  }
}

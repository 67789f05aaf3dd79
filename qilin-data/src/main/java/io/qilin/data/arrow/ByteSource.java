package io.qilin.data.arrow;

import java.nio.ByteBuffer;

/** Where the bytes of a table come from. For use by one thread. */
interface ByteSource extends AutoCloseable {
  /** How many bytes there can be from a position on: of a file exactly, of a stream at most. */
  long available(long position);

  /** Whether nothing is there at a position. */
  boolean isAtEnd(long position, Where where);

  /**
   * Bytes of their own memory, which for a stream grows only as they come.
   *
   * @param position for a stream not before the end of what was read last
   */
  byte[] bytes(long position, int length, Where where);

  /** The memory that the body of a message takes before a part of it is asked for. */
  long bodyMemory(long length);

  /**
   * The body of a message. It is used up before anything else is read.
   *
   * @param length checked against {@link #available}
   */
  Body body(long position, long length, Where where);

  @Override
  void close();

  /** The body of a message. */
  interface Body {
    /** A part with an array of its own until the next is asked for; it lies within the body. */
    ByteBuffer part(long offset, int length, Where where);
  }
}

package io.qilin.data.arrow;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes little-endian numbers by chunks, and knows its position. */
final class ChunkOutput {
  /** All parts of a file begin at multiples of this. */
  static final int ALIGNMENT = 8;

  private static final int CHUNK = 1 << 18;
  private static final byte[] ZEROS = new byte[ALIGNMENT];

  private final OutputStream out;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
  private long flushed;

  ChunkOutput(OutputStream out) {
    this.out = out;
  }

  /** How many bytes bring a length to the alignment. */
  static int padding(long length) {
    return (int) (-length & (ALIGNMENT - 1));
  }

  long position() {
    return flushed + chunk.position();
  }

  /** The chunk, with room for at least so many bytes, at most 8. */
  ByteBuffer room(int bytes) throws IOException {
    if (chunk.remaining() < bytes) {
      flush();
    }
    return chunk;
  }

  void write(byte[] bytes) throws IOException {
    if (bytes.length > chunk.remaining()) {
      flush();
    }
    if (bytes.length > chunk.remaining()) {
      out.write(bytes);
      flushed += bytes.length;
    } else {
      chunk.put(bytes);
    }
  }

  void pad() throws IOException {
    int missing = padding(position());
    room(ALIGNMENT).put(ZEROS, 0, missing);
  }

  void flush() throws IOException {
    out.write(chunk.array(), 0, chunk.position());
    flushed += chunk.position();
    chunk.clear();
  }
}

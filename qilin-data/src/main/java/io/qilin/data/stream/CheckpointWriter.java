package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Writes a checkpoint through a buffer of one size, whatever the size of the state; numbers have their high bytes first. */
final class CheckpointWriter {
  private static final int BUFFER = 1 << 16;

  private final String name;
  private final OutputStream out;
  private final ByteBuffer buffer;
  private final CRC32C crc = new CRC32C();
  private long drained;

  /**
   * Begins a checkpoint.
   *
   * @param name what messages call it
   */
  CheckpointWriter(String name, OutputStream out) {
    this(name, out, BUFFER);
  }

  /** Begins one through a buffer of another size, at least 16 bytes. */
  CheckpointWriter(String name, OutputStream out, int bufferBytes) {
    this.name = name;
    this.out = out;
    this.buffer = ByteBuffer.allocate(bufferBytes);
    int32(CheckpointFile.MAGIC);
  }

  void int32(int value) {
    room(Integer.BYTES);
    buffer.putInt(value);
  }

  void int64(long value) {
    room(Long.BYTES);
    buffer.putLong(value);
  }

  void float64(double value) {
    int64(Double.doubleToRawLongBits(value));
  }

  void flag(boolean value) {
    room(1);
    buffer.put((byte) (value ? 1 : 0));
  }

  /** A text of at most {@link CheckpointFile#MOST_TEXT} bytes. */
  void text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > CheckpointFile.MOST_TEXT) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          name + ": a text of a checkpoint has at most " + CheckpointFile.MOST_TEXT
              + " bytes, one has " + bytes.length + ": " + QilinException.quote(value)
              + "; name fewer or shorter sources and rules");
    }
    int32(bytes.length);
    for (byte each : bytes) {
      room(1);
      buffer.put(each);
    }
  }

  /** Writes what ends the file: the length of all before, and the checksum of all before and of that. */
  void end() {
    int64(drained + buffer.position());
    drain();
    int32((int) crc.getValue());
    drain();
  }

  private void room(int bytes) {
    if (buffer.remaining() < bytes) {
      drain();
    }
  }

  private void drain() {
    int length = buffer.position();
    drained += length;
    if (drained > CheckpointFile.MOST_BYTES) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          name + ": a checkpoint has at most " + CheckpointFile.MOST_BYTES
              + " bytes; let the stream have fewer instruments or shorter histories");
    }
    crc.update(buffer.array(), 0, length);
    try {
      out.write(buffer.array(), 0, length);
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, name + ": the file cannot be written", e);
    }
    buffer.clear();
  }
}

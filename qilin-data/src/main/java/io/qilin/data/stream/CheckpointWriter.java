package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** Writes a checkpoint through a buffer of one size, whatever the size of the state; numbers have their high bytes first. */
final class CheckpointWriter {
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final OutputStream out;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final CRC32C crc = new CRC32C();
  private long drained;

  CheckpointWriter(Path path, OutputStream out) {
    this.path = path;
    this.out = out;
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
          AtomicFile.name(path) + ": a text of a checkpoint has at most " + CheckpointFile.MOST_TEXT
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
          AtomicFile.name(path) + ": a checkpoint has at most " + CheckpointFile.MOST_BYTES
              + " bytes; let the stream have fewer instruments or shorter histories");
    }
    crc.update(buffer.array(), 0, length);
    try {
      out.write(buffer.array(), 0, length);
    } catch (IOException e) {
      throw AtomicFile.failure(path, e);
    }
    buffer.clear();
  }
}

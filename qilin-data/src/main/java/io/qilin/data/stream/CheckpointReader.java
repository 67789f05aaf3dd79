package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Reads a checkpoint through a buffer of one size. The checksum of the whole file is judged before the first field is
 * handed out; a field that is not within its bounds is refused with its name and its place.
 */
final class CheckpointReader {
  private static final int BUFFER = 1 << 16;
  private static final int LEAST_BUFFER = 16;

  private final String called;
  private final At at;
  private final ByteBuffer buffer;

  /** Where in the file the buffer begins. */
  private long base;

  /** Where the fields end. */
  private long end;

  /** Where the last field began. */
  private long field;

  /** Reads from a place. */
  @FunctionalInterface
  interface At {
    /** Reads bytes from a position on; how many, -1 at the end. */
    int read(ByteBuffer to, long position) throws IOException;
  }

  /**
   * Checks the checkpoint as a whole.
   *
   * @param called what messages call it
   * @param size how many bytes it has
   * @throws QilinException DATA_FORMAT if it is not whole; IO
   */
  CheckpointReader(String called, long size, At at) {
    this.called = called;
    this.at = at;
    this.buffer = ByteBuffer.allocate((int) Math.max(LEAST_BUFFER, Math.min(size, BUFFER)))
        .limit(0);
    try {
      if (size > CheckpointFile.MOST_BYTES) {
        throw damaged("it has " + size + " bytes, and " + CheckpointFile.MOST_BYTES + " at most");
      }
      end = size;
      if (size < CheckpointFile.LEAST_BYTES
          || int32("beginning", Integer.MIN_VALUE, Integer.MAX_VALUE) != CheckpointFile.MAGIC) {
        throw damaged("it does not begin as one");
      }
      judge(size);
      seek(Integer.BYTES);
      end = size - CheckpointFile.TRAILER;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private void judge(long size) throws IOException {
    seek(size - CheckpointFile.TRAILER);
    long length = int64("length");
    if (length != size - CheckpointFile.TRAILER) {
      throw damaged("it has " + (size - CheckpointFile.TRAILER) + " bytes of " + length);
    }
    int expected = int32("checksum", Integer.MIN_VALUE, Integer.MAX_VALUE);
    CRC32C crc = new CRC32C();
    seek(0);
    long left = size - Integer.BYTES;
    while (left > 0) {
      fill(1);
      int now = (int) Math.min(left, buffer.remaining());
      crc.update(buffer.array(), buffer.position(), now);
      buffer.position(buffer.position() + now);
      left -= now;
    }
    if ((int) crc.getValue() != expected) {
      throw damaged("its checksum is wrong");
    }
  }

  private void seek(long position) {
    base = position;
    buffer.position(0).limit(0);
  }

  private long position() {
    return base + buffer.position();
  }

  private void fill(int bytes) throws IOException {
    while (buffer.remaining() < bytes) {
      base += buffer.position();
      buffer.compact();
      int read = at.read(buffer, base + buffer.position());
      buffer.flip();
      if (read < 0) {
        throw damaged("it became shorter while it was read");
      }
    }
  }

  private void need(String name, int bytes) {
    field = position();
    if (bytes > end - field) {
      throw damaged("at byte " + field + " it ends within the " + name);
    }
    try {
      fill(bytes);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** How many bytes of fields are left: a bound for what a count may promise. */
  long left() {
    return end - position();
  }

  int int32(String name, int least, int most) {
    need(name, Integer.BYTES);
    int value = buffer.getInt();
    if (value < least || value > most) {
      throw wrong(name, least + " to " + most, value);
    }
    return value;
  }

  /** Any number of 64 bits. */
  long int64(String name) {
    need(name, Long.BYTES);
    return buffer.getLong();
  }

  long int64(String name, long least, long most) {
    long value = int64(name);
    if (value < least || value > most) {
      throw wrong(name, least + " to " + most, value);
    }
    return value;
  }

  /** A number that is not negative. */
  long count(String name) {
    return int64(name, 0, Long.MAX_VALUE);
  }

  /** A number that is not {@code NaN}. */
  double float64(String name) {
    double value = Double.longBitsToDouble(int64(name));
    if (Double.isNaN(value)) {
      throw wrong(name, "a number", value);
    }
    return value;
  }

  boolean flag(String name) {
    need(name, 1);
    byte value = buffer.get();
    if (value != 0 && value != 1) {
      throw wrong(name, "0 or 1", value);
    }
    return value == 1;
  }

  String text(String name, int mostBytes) {
    int length = int32("length of the " + name, 0, mostBytes);
    if (length > left()) {
      throw wrong("length of the " + name, "at most " + left(), length);
    }
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      int now = Math.min(length - done, buffer.capacity());
      need(name, now);
      buffer.get(bytes, done, now);
      done += now;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw damaged("at byte " + field + " the " + name + " is no text");
    }
  }

  /** A constant by its name. */
  <E extends Enum<E>> E constant(String name, Class<E> type) {
    String text = text(name, CheckpointFile.MOST_NAME);
    for (E each : type.getEnumConstants()) {
      if (each.name().equals(text)) {
        return each;
      }
    }
    throw wrong(name, "a " + type.getSimpleName(), QilinException.quote(text));
  }

  /** Requires that all fields were read. */
  void end() {
    if (left() != 0) {
      throw damaged("at byte " + position() + " there are " + left() + " bytes too many");
    }
  }

  /** What is thrown for the field that was read last. */
  QilinException wrong(String name, Object expected, Object found) {
    return damaged(
        "at byte " + field + " the " + name + " is " + expected + ", there was " + found);
  }

  private QilinException damaged(String how) {
    return new QilinException(
        ErrorCode.DATA_FORMAT,
        called + ": this is not a whole checkpoint: " + how
            + "; restore it, or remove it together with what the sinks hold and begin anew");
  }

  private QilinException unreadable(IOException e) {
    return new QilinException(ErrorCode.IO, called + ": the checkpoint cannot be read", e);
  }
}

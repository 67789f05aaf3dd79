package io.qilin.data.quality.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Small parts of stored states. */
final class Stored {
  /** No text of a state is longer, in bytes. */
  private static final int LONGEST = 1 << 20;

  private Stored() {}

  static void text(DataOutput out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(out, bytes.length);
    out.write(bytes);
  }

  static String text(DataInput in) throws IOException {
    long length = number(in);
    if (length < 0 || length > LONGEST) {
      throw broken("a text of " + length + " bytes");
    }
    byte[] bytes = new byte[(int) length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static int count(DataInput in, int most) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > most) {
      throw broken("a count of " + count + ", at most " + most + " are possible");
    }
    return count;
  }

  static long notNegative(DataInput in) throws IOException {
    long value = in.readLong();
    if (value < 0) {
      throw broken("a count of " + value);
    }
    return value;
  }

  /** Seven bits a byte, the lowest first. */
  static void number(DataOutput out, long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  static long number(DataInput in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = in.readUnsignedByte();
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw broken("a number without an end");
  }

  static QilinException broken(String what) {
    return new QilinException(
        ErrorCode.DATA_FORMAT,
        "the stored state of table rules is damaged: it has " + what + "; judge the table again");
  }
}

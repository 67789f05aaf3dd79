package io.qilin.mlops.onnx;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads one message of protobuf's wire format, field after field, over bytes that stay where they are. Stricter than
 * protobuf: no groups, no number longer than ten bytes, text is well-formed UTF-8. It allocates nothing by a length that the
 * bytes claim and do not have.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">the wire format</a>
 */
final class ProtoReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;
  private static final int MAX_TEXT = 4_096;

  final byte[] bytes;
  final String where;
  private final ByteBuffer numbers;
  private final int end;
  private int at;
  private int field;
  private int wire;
  /** Bit n stands for field n, below 64. */
  private long seen;

  ProtoReader(byte[] bytes, int from, int end, String where) {
    this.bytes = bytes;
    this.where = where;
    this.numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.at = from;
    this.end = end;
  }

  /** Goes to the next field; false at the end. The value must be taken before. */
  boolean next() {
    if (at == end) {
      return false;
    }
    long tag = number();
    field = (int) (tag >>> 3);
    wire = (int) (tag & 7);
    if (tag >>> 3 == 0 || tag >>> 3 > (1 << 29) - 1) {
      throw fault("there is no field " + (tag >>> 3));
    }
    return true;
  }

  int field() {
    return field;
  }

  int wire() {
    return wire;
  }

  /** Refuses the second of a field that is there at most once: protobuf would merge the two. */
  void once() {
    long bit = 1L << field;
    if ((seen & bit) != 0) {
      throw fault("field " + field + " stands twice");
    }
    seen |= bit;
  }

  QilinException unknown() {
    return fault("field " + field + " is not known or not accepted here");
  }

  /** A whole number that may be there at most once. */
  long varint() {
    once();
    require(VARINT);
    return number();
  }

  /** One of several whole numbers. */
  long varintOfMany() {
    require(VARINT);
    return number();
  }

  float fixed32() {
    require(FIXED32);
    if (end - at < 4) {
      throw fault("a number is cut off");
    }
    float value = numbers.getFloat(at);
    at += 4;
    return value;
  }

  /** A message, text or packed list as a reader over its bytes. */
  ProtoReader message(String place) {
    int length = length();
    ProtoReader inner = new ProtoReader(bytes, at, at + length, place);
    at += length;
    return inner;
  }

  /** Text of at most 4,096 bytes. */
  String text() {
    int length = length();
    if (length > MAX_TEXT) {
      throw fault("a name or text has " + length + " bytes, at most " + MAX_TEXT + " are accepted");
    }
    try {
      String text = StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, at, length))
          .toString();
      at += length;
      return text;
    } catch (CharacterCodingException e) {
      throw new QilinException(
          ErrorCode.MODEL_INVALID,
          "ONNX model: " + where + ": a name is not well-formed UTF-8 at byte " + at,
          e);
    }
  }

  /** Passes over a value that does not matter. */
  void skip() {
    switch (wire) {
      case VARINT -> number();
      case FIXED64 -> advance(8);
      case BYTES -> advance(length());
      case FIXED32 -> advance(4);
      default -> throw fault("the wire type " + wire + " is not accepted");
    }
  }

  /** Passes over a value and writes it as it is. */
  void copy(ProtoWriter out) {
    int from = at;
    skip();
    out.raw(field, wire, bytes, from, at - from);
  }

  int at() {
    return at;
  }

  int size() {
    return end - at;
  }

  /** The next whole number of a packed list. */
  long packedVarint() {
    return number();
  }

  /** Refuses a packed list of numbers of so many bytes that does not come out even. */
  int packedCount(int width) {
    if (size() % width != 0) {
      throw fault("a list of numbers has " + size() + " bytes, which is no multiple of " + width);
    }
    return size() / width;
  }

  QilinException fault(String what) {
    return OnnxFault.at(where, what + " (byte " + at + ")");
  }

  private int length() {
    require(BYTES);
    long length = number();
    if (length < 0 || length > end - at) {
      throw fault("a part claims " + Long.toUnsignedString(length) + " bytes where " + (end - at)
          + " are left");
    }
    return (int) length;
  }

  private void require(int type) {
    if (wire != type) {
      throw fault("field " + field + " has the wire type " + wire + " instead of " + type);
    }
  }

  private void advance(int count) {
    if (count > end - at) {
      throw fault("a part is cut off");
    }
    at += count;
  }

  private long number() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (at == end) {
        throw fault("a number is cut off");
      }
      byte next = bytes[at++];
      if (shift == 63 && next > 1) {
        throw fault("a number has more than 64 bits");
      }
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw fault("a number has more than ten bytes");
  }
}

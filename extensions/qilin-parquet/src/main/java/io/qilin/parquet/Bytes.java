package io.qilin.parquet;

import io.qilin.api.error.QilinException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A piece of a file that is being read from its beginning to its end, and never beyond. Numbers are little-endian. */
final class Bytes {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] array;
  private final int end;
  private final Place place;
  private int at;

  Bytes(byte[] array, int from, int to, Place place) {
    this.array = array;
    this.at = from;
    this.end = to;
    this.place = place;
  }

  byte[] array() {
    return array;
  }

  int at() {
    return at;
  }

  int remaining() {
    return end - at;
  }

  Place place() {
    return place;
  }

  QilinException malformed(String what) {
    return place.malformed(what);
  }

  /** Refuses a declared length that is not there, before anything of that length is allocated. */
  void require(long length) {
    if (length < 0 || length > end - at) {
      throw malformed(
          "a piece of " + length + " bytes is declared where " + (end - at) + " are left");
    }
  }

  /** Passes over so many bytes; gives the place of the first. */
  int take(long length) {
    require(length);
    int from = at;
    at += (int) length;
    return from;
  }

  /** The next bytes as a piece of their own. */
  Bytes slice(long length) {
    int from = take(length);
    return new Bytes(array, from, at, place);
  }

  int u8() {
    return array[take(1)] & 0xff;
  }

  int int32() {
    return (int) INTS.get(array, take(4));
  }

  long int64() {
    return (long) LONGS.get(array, take(8));
  }

  /** A number of at most 64 bits, seven in a byte. */
  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = u8();
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw malformed("a number is longer than 64 bits");
  }

  /** A number of at most 31 bits. */
  int size() {
    long value = varint();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw malformed("a size does not fit 31 bits");
    }
    return (int) value;
  }

  /** A number whose lowest bit is its sign. */
  long zigzag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** So many numbers of so many bytes, as a buffer. */
  ByteBuffer buffer(int count, int width) {
    int from = take((long) count * width);
    return ByteBuffer.wrap(array, from, count * width).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Eight bytes from there on; what lies beyond the array is zero. */
  static long word(byte[] array, int from) {
    if (from + 8 <= array.length) {
      return (long) LONGS.get(array, from);
    }
    long value = 0;
    for (int i = from; i < array.length; i++) {
      value |= (array[i] & 0xffL) << (8 * (i - from));
    }
    return value;
  }
}

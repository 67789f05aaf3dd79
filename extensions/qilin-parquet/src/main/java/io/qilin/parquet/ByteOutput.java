package io.qilin.parquet;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow in memory. Numbers are little-endian. */
final class ByteOutput extends OutputStream {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] array = new byte[1 << 12];
  private int size;

  byte[] array() {
    return array;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** Room for so many bytes more, which are then there; gives the place of the first. */
  int extend(int bytes) {
    if (array.length - size < bytes) {
      array = Arrays.copyOf(array, Math.max(size + bytes, 2 * array.length));
    }
    int from = size;
    size += bytes;
    return from;
  }

  @Override
  public void write(int b) {
    int at = extend(1);
    array[at] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    int at = extend(length);
    System.arraycopy(bytes, from, array, at, length);
  }

  void int32(int value) {
    int at = extend(Integer.BYTES);
    INTS.set(array, at, value);
  }

  void int64(long value) {
    int at = extend(Long.BYTES);
    LONGS.set(array, at, value);
  }

  void putInt(int at, int value) {
    INTS.set(array, at, value);
  }

  void varint(int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    write(rest);
  }
}

package io.qilin.mlops.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes one message of protobuf's wire format. Not thread-safe. */
final class ProtoWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ProtoWriter number(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  ProtoWriter real(int field, float value) {
    varint(((long) field << 3) | ProtoReader.FIXED32);
    byte[] raw = new byte[4];
    little(raw).putFloat(value);
    out.writeBytes(raw);
    return this;
  }

  ProtoWriter text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  ProtoWriter message(int field, ProtoWriter message) {
    return bytes(field, message.toBytes());
  }

  ProtoWriter bytes(int field, byte[] value) {
    return bytes(field, value, 0, value.length);
  }

  ProtoWriter bytes(int field, byte[] value, int from, int length) {
    varint(((long) field << 3) | ProtoReader.BYTES);
    varint(length);
    out.write(value, from, length);
    return this;
  }

  /** A field as it was read. */
  void raw(int field, int wire, byte[] value, int from, int length) {
    varint(((long) field << 3) | wire);
    out.write(value, from, length);
  }

  /** A packed list. */
  ProtoWriter numbers(int field, int[] values) {
    ProtoWriter list = new ProtoWriter();
    for (int value : values) {
      list.varint(value);
    }
    return message(field, list);
  }

  /** A packed list. */
  ProtoWriter reals(int field, float[] values) {
    byte[] raw = new byte[values.length * 4];
    ByteBuffer list = little(raw);
    for (float value : values) {
      list.putFloat(value);
    }
    return bytes(field, raw);
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  static ByteBuffer little(byte[] raw) {
    return ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}

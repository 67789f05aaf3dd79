package io.qilin.mlops.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A tensor whose values stand in the model's file. Its bytes stay there. */
final class ConstantTensor {
  /** Whole numbers are read as axes, shapes and indices only up to so many. */
  private static final int MAX_READ = 65_536;

  final String name;
  final ElementType type;
  final long[] dims;
  final long count;
  private final byte[] bytes;
  private final int from;
  private final int end;
  /** Whether whole numbers stand in a list of variable length. */
  private final boolean varints;

  ConstantTensor(
      String name, ElementType type, long[] dims, long count, ProtoReader data, boolean varints) {
    this.name = name;
    this.type = type;
    this.dims = dims;
    this.count = count;
    this.bytes = data.bytes;
    this.from = data.at();
    this.end = data.at() + data.size();
    this.varints = varints;
  }

  /** The values of a tensor of whole numbers. */
  long[] wholes(String where) {
    if (!type.whole() || count > MAX_READ) {
      throw OnnxFault.at(
          where,
          "the constant " + OnnxFault.quote(name) + " is to be at most " + MAX_READ
              + " whole numbers");
    }
    long[] values = new long[(int) count];
    if (varints) {
      ProtoReader list = new ProtoReader(bytes, from, end, where);
      for (int i = 0; i < values.length; i++) {
        values[i] = type == ElementType.INT32 ? (int) list.packedVarint() : list.packedVarint();
      }
      return values;
    }
    ByteBuffer raw = little();
    for (int i = 0; i < values.length; i++) {
      values[i] = type == ElementType.INT32 ? raw.getInt() : raw.getLong();
    }
    return values;
  }

  /** The values of a tensor of 64-bit reals. */
  double[] doubles(String where) {
    if (type != ElementType.DOUBLE) {
      throw OnnxFault.at(where, "the constant is to hold 64-bit reals");
    }
    double[] values = new double[(int) count];
    little().asDoubleBuffer().get(values);
    return values;
  }

  boolean hasNaN() {
    ByteBuffer raw = little();
    if (type == ElementType.FLOAT) {
      while (raw.hasRemaining()) {
        if (Float.isNaN(raw.getFloat())) {
          return true;
        }
      }
    } else if (type == ElementType.DOUBLE) {
      while (raw.hasRemaining()) {
        if (Double.isNaN(raw.getDouble())) {
          return true;
        }
      }
    }
    return false;
  }

  private ByteBuffer little() {
    return ByteBuffer.wrap(bytes, from, end - from).order(ByteOrder.LITTLE_ENDIAN);
  }
}

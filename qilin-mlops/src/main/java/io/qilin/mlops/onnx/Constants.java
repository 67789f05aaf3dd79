package io.qilin.mlops.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes constants whose bytes are just as many as their shape says. */
final class Constants {
  private Constants() {}

  static ConstantTensor build(
      ProtoReader in,
      String name,
      ElementType type,
      List<Long> lengths,
      @Nullable ProtoReader raw,
      @Nullable ProtoReader typed,
      int typedField) {
    long[] dims = new long[lengths.size()];
    long count = 1;
    for (int i = 0; i < dims.length; i++) {
      dims[i] = lengths.get(i);
      count *= dims[i];
      if (count > Integer.MAX_VALUE) {
        throw in.fault("a constant of the shape " + lengths + " is too large");
      }
    }
    if (type == ElementType.STRING) {
      throw in.fault("constants of text are not accepted");
    }
    if (raw != null && typed != null) {
      throw in.fault("a constant has its values twice");
    }
    ConstantTensor tensor;
    if (typed != null) {
      tensor = new ConstantTensor(name, type, dims, count, typed, typedVarints(type));
      require(in, lengths, count, typedCount(in, type, typed, typedField));
    } else {
      ProtoReader bytes = raw == null ? new ProtoReader(in.bytes, 0, 0, in.where) : raw;
      tensor = new ConstantTensor(name, type, dims, count, bytes, false);
      require(in, lengths, count * type.bytes, bytes.size());
    }
    if (tensor.hasNaN()) {
      throw in.fault("the constant " + OnnxFault.quote(name) + " holds NaN");
    }
    return tensor;
  }

  private static void require(ProtoReader in, List<Long> shape, long expected, long found) {
    if (expected != found) {
      throw in.fault("a constant of the shape " + shape + " needs " + expected
          + " values or bytes and has " + found);
    }
  }

  private static boolean typedVarints(ElementType type) {
    return !type.real();
  }

  /** Numbers in a typed list; reading a list of variable length moves a copy of the reader. */
  private static long typedCount(ProtoReader in, ElementType type, ProtoReader list, int field) {
    int expected = switch (type) {
      case FLOAT -> 4;
      case DOUBLE -> 10;
      case INT64 -> 7;
      default -> 5;
    };
    if (field != expected) {
      throw in.fault("a constant's values are of another type than it says");
    }
    if (type.real()) {
      return list.packedCount(type.bytes);
    }
    ProtoReader copy = new ProtoReader(list.bytes, list.at(), list.at() + list.size(), list.where);
    long count = 0;
    while (copy.size() > 0) {
      copy.packedVarint();
      count++;
    }
    return count;
  }
}

package io.qilin.mlops.onnx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A setting of an operator. Only what its type says is filled. */
final class Attribute {
  static final int FLOAT = 1;
  static final int INT = 2;
  static final int STRING = 3;
  static final int TENSOR = 4;
  static final int FLOATS = 6;
  static final int INTS = 7;
  static final int STRINGS = 8;

  final String name;
  final int type;
  float real;
  long whole;
  String text = "";
  float[] reals = {};
  long[] wholes = {};
  List<String> texts = List.of();

  @Nullable
  ConstantTensor tensor;

  Attribute(String name, int type) {
    this.name = name;
    this.type = type;
  }
}

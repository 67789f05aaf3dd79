package io.qilin.mlops.onnx;

/** The element types of tensors that are accepted, with their numbers in ONNX. */
enum ElementType {
  FLOAT(1, 4),
  UINT8(2, 1),
  INT8(3, 1),
  INT32(6, 4),
  INT64(7, 8),
  /** Only as a classifier's list of labels, which nothing reads. */
  STRING(8, 0),
  BOOL(9, 1),
  DOUBLE(11, 8);

  final int number;
  final int bytes;

  ElementType(int number, int bytes) {
    this.number = number;
    this.bytes = bytes;
  }

  boolean real() {
    return this == FLOAT || this == DOUBLE;
  }

  boolean whole() {
    return this == INT32 || this == INT64;
  }

  static ElementType of(long number, String where) {
    for (ElementType type : values()) {
      if (type.number == number) {
        return type;
      }
    }
    throw OnnxFault.at(
        where, "the element type " + number + " is not accepted; export with 32-bit floats");
  }
}

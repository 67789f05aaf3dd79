package io.qilin.mlops.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a tensor before anything runs: its type and its shape. A dimension is a positive length, or {@code -n} for n
 * times the number of rows. At most one dimension depends on the rows.
 */
final class Value {
  static final int MAX_RANK = 8;

  final ElementType type;
  final long[] dims;
  final @Nullable ConstantTensor constant;

  Value(ElementType type, long[] dims, @Nullable ConstantTensor constant) {
    this.type = type;
    this.dims = dims;
    this.constant = constant;
  }

  int rank() {
    return dims.length;
  }

  /** The dimension that depends on the rows, or -1. */
  int rows() {
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] < 0) {
        return i;
      }
    }
    return -1;
  }

  /** Elements: a row's where it depends on the rows, else all. Above any limit it stays there. */
  long elements() {
    return elements(dims);
  }

  static long elements(long[] dims) {
    long product = 1;
    for (long dim : dims) {
      product = Math.min(1L << 62, Math.multiplyExact(Math.min(product, 1L << 31), Math.abs(dim)));
    }
    return product;
  }

  String shape() {
    String[] names = new String[dims.length];
    for (int i = 0; i < dims.length; i++) {
      long n = dims[i];
      names[i] = n > 0 ? "" + n : n == -1 ? "rows" : -n + "×rows";
    }
    return Arrays.toString(names);
  }
}

package io.qilin.mlops.onnx;

import io.qilin.api.error.QilinException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One operator under examination: what goes in, what its rule says of what comes out and what it costs. */
final class Step {
  final Node node;
  final long opset;
  private final @Nullable Value[] inputs;
  final @Nullable Value[] outputs;
  /** Estimated operations for each element that comes out, or in, whatever is more. */
  private long flopsPerElement = 1;
  /** Estimated operations beside; a row's if anything depends on the rows. */
  private long flops;

  Step(Node node, long opset, @Nullable Value[] inputs) {
    this.node = node;
    this.opset = opset;
    this.inputs = inputs;
    this.outputs = new @Nullable Value[node.outputs.size()];
  }

  QilinException fault(String what) {
    return OnnxFault.at(node.where(), what);
  }

  /** How many inputs stand there, absent ones at the end not counted. */
  int count() {
    return inputs.length;
  }

  void arity(int least, int most) {
    if (inputs.length < least || inputs.length > most) {
      throw fault("it has " + inputs.length + " inputs instead of " + least
          + (most > least ? " to " + most : ""));
    }
  }

  boolean given(int index) {
    return index < inputs.length && inputs[index] != null;
  }

  Value input(int index) {
    Value value = index < inputs.length ? inputs[index] : null;
    if (value == null) {
      throw fault("its input " + (index + 1) + " is missing");
    }
    return value;
  }

  /** An input of reals. */
  Value reals(int index) {
    Value value = input(index);
    if (!value.type.real()) {
      throw fault("its input " + (index + 1) + " is " + value.type + " instead of reals");
    }
    return value;
  }

  Value same(int index, ElementType type) {
    Value value = input(index);
    if (value.type != type) {
      throw fault("its input " + (index + 1) + " is " + value.type + " instead of " + type);
    }
    return value;
  }

  /** Whole numbers that stand in the file: a shape, axes, indices. */
  long[] wholes(int index) {
    ConstantTensor constant = input(index).constant;
    if (constant == null) {
      throw fault("its input " + (index + 1)
          + " is computed instead of a constant, so that the shape of its output is not known");
    }
    return constant.wholes(node.where());
  }

  /** A place among so many dimensions, counted from the end if negative. */
  int axis(long axis, int rank) {
    long at = axis < 0 ? axis + rank : axis;
    if (at < 0 || at >= rank) {
      throw fault("there is no axis " + axis + " in " + rank + " dimensions");
    }
    return (int) at;
  }

  /** Requires that an index, counted from the end if negative, lies within a length. */
  void axisIndex(long index, long length) {
    if (index < -length || index >= length) {
      throw fault("there is no place " + index + " in " + length);
    }
  }

  /** An axis along which rows do not lie. */
  int fixedAxis(long axis, Value value) {
    int at = axis(axis, value.rank());
    if (value.dims[at] < 0) {
      throw fault("it works across the rows (axis " + at + " of " + value.shape()
          + "); the score of a row may depend on that row only");
    }
    return at;
  }

  void gives(ElementType type, long[] dims) {
    gives(0, type, dims);
  }

  void gives(int index, ElementType type, long[] dims) {
    if (index < outputs.length) {
      outputs[index] = new Value(type, checked(dims), null);
    }
  }

  void givesConstant(ConstantTensor constant) {
    if (outputs.length > 0) {
      outputs[0] = new Value(constant.type, checked(constant.dims), constant);
    }
  }

  void costs(long perElement) {
    flopsPerElement = perElement;
  }

  void costsAlso(long more) {
    flops = more;
  }

  boolean perRow() {
    return anyRows(inputs) || anyRows(outputs);
  }

  long flops() {
    long elements = 0;
    for (@Nullable Value[] side : List.of(inputs, outputs)) {
      long sum = 0;
      for (Value value : side) {
        if (value != null && (value.rows() >= 0 || !perRow())) {
          sum = capped(sum + value.elements());
        }
      }
      elements = Math.max(elements, sum);
    }
    return capped(capped(elements) * flopsPerElement + flops);
  }

  private static long capped(long value) {
    return Math.min(value, 1L << 52);
  }

  private static boolean anyRows(@Nullable Value[] values) {
    for (Value value : values) {
      if (value != null && value.rows() >= 0) {
        return true;
      }
    }
    return false;
  }

  private long[] checked(long[] dims) {
    int rows = 0;
    for (long dim : dims) {
      if (dim == 0) {
        throw fault("it makes a tensor without elements");
      }
      rows += dim < 0 ? 1 : 0;
    }
    if (rows > 1 || dims.length > Value.MAX_RANK) {
      throw fault(
          rows > 1
              ? "its output grows with the square of the rows"
              : "its output has more than " + Value.MAX_RANK + " dimensions");
    }
    return dims;
  }
}

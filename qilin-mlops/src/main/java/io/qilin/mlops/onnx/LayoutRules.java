package io.qilin.mlops.onnx;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;

/** Operators that move elements and compute nothing. None may move elements from row to row. */
final class LayoutRules {
  private LayoutRules() {}

  static void addTo(Map<String, Consumer<Step>> rules) {
    rules.put("Constant", LayoutRules::constant);
    rules.put("Reshape", LayoutRules::reshape);
    rules.put("Flatten", LayoutRules::flatten);
    rules.put("Squeeze", LayoutRules::squeeze);
    rules.put("Unsqueeze", LayoutRules::unsqueeze);
    rules.put("Transpose", LayoutRules::transpose);
    rules.put("Concat", LayoutRules::concat);
    rules.put("Slice", LayoutRules::slice);
    rules.put("Split", LayoutRules::split);
    rules.put("Gather", LayoutRules::gather);
  }

  private static void constant(Step step) {
    step.arity(0, 0);
    ConstantTensor tensor = step.node.tensor("value");
    if (tensor != null) {
      step.givesConstant(tensor);
    } else if (step.node.has("value_float")) {
      step.gives(ElementType.FLOAT, new long[0]);
    } else if (step.node.has("value_floats")) {
      step.gives(ElementType.FLOAT, new long[] {step.node.reals("value_floats").length});
    } else {
      throw step.fault("it has no tensor and no reals");
    }
  }

  /** The rows must lie in the first dimension before and after: else elements would wander from row to row. */
  private static void requireFirst(Step step, Value value) {
    if (value.rows() > 0) {
      throw step.fault("it moves elements from row to row in the shape " + value.shape());
    }
  }

  private static void reshape(Step step) {
    step.arity(2, 2);
    Value value = step.input(0);
    requireFirst(step, value);
    long[] wanted = step.wholes(1);
    if (step.node.whole("allowzero", 0) != 0 || wanted.length > Value.MAX_RANK) {
      throw step.fault("zero lengths, or so many dimensions, are not accepted");
    }
    boolean rows = value.rows() == 0;
    long[] dims = new long[wanted.length];
    int open = -1;
    long known = 1;
    boolean first = false;
    for (int i = 0; i < dims.length; i++) {
      if (wanted[i] == -1 && open < 0) {
        open = i;
        continue;
      }
      if (wanted[i] == 0 && i < value.rank()) {
        dims[i] = value.dims[i];
      } else if (wanted[i] > 0 && wanted[i] <= Integer.MAX_VALUE) {
        dims[i] = wanted[i];
      } else {
        throw step.fault("the shape " + Arrays.toString(wanted) + " is not one");
      }
      first |= dims[i] < 0;
      known = Math.multiplyExact(Math.min(known, 1L << 31), Math.abs(dims[i]));
    }
    long all = value.elements();
    if (open >= 0 && known > 0 && all % known == 0) {
      boolean takesRows = rows && !first;
      dims[open] = takesRows ? -(all / known) : all / known;
      first |= takesRows;
      known = all;
    }
    Value result = new Value(value.type, dims, null);
    if (known != all || first != rows) {
      throw step.fault("the shape " + value.shape() + " cannot become " + Arrays.toString(wanted));
    }
    requireFirst(step, result);
    step.gives(value.type, dims);
  }

  private static void flatten(Step step) {
    step.arity(1, 1);
    Value value = step.input(0);
    requireFirst(step, value);
    long asked = step.node.whole("axis", 1);
    int axis = asked == value.rank() ? value.rank() : step.axis(asked, value.rank());
    if (axis == 0 && value.rows() == 0) {
      throw step.fault("it puts all rows into one");
    }
    long before = Value.elements(Arrays.copyOf(value.dims, axis));
    long after = Value.elements(Arrays.copyOfRange(value.dims, axis, value.rank()));
    step.gives(value.type, new long[] {value.rows() == 0 ? -before : before, after});
  }

  private static long[] axes(Step step) {
    long[] axes = step.given(1) ? step.wholes(1) : step.node.wholes("axes");
    if (axes.length == 0 || axes.length > Value.MAX_RANK) {
      throw step.fault(
          "it names no axes, or too many, so that the shape of its output is not known");
    }
    return axes;
  }

  private static void squeeze(Step step) {
    step.arity(1, 2);
    Value value = step.input(0);
    boolean[] gone = new boolean[value.rank()];
    for (long axis : axes(step)) {
      int at = step.axis(axis, value.rank());
      if (value.dims[at] != 1) {
        throw step.fault("the axis " + axis + " of " + value.shape() + " is not 1 long");
      }
      gone[at] = true;
    }
    long[] dims = new long[gone.length];
    int size = 0;
    for (int i = 0; i < gone.length; i++) {
      if (!gone[i]) {
        dims[size++] = value.dims[i];
      }
    }
    step.gives(value.type, Arrays.copyOf(dims, size));
  }

  private static void unsqueeze(Step step) {
    step.arity(1, 2);
    Value value = step.input(0);
    long[] axes = axes(step);
    long[] dims = new long[value.rank() + axes.length];
    for (long axis : axes) {
      int at = step.axis(axis, dims.length);
      if (dims[at] != 0) {
        throw step.fault("the axis " + axis + " stands twice");
      }
      dims[at] = 1;
    }
    int next = 0;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == 0) {
        dims[i] = value.dims[next++];
      }
    }
    step.gives(value.type, dims);
  }

  private static void transpose(Step step) {
    step.arity(1, 1);
    Value value = step.input(0);
    long[] order = step.node.wholes("perm");
    int rank = value.rank();
    if (order.length != 0 && order.length != rank) {
      throw step.fault("its order names " + order.length + " of " + rank + " axes");
    }
    long[] dims = new long[rank];
    boolean[] taken = new boolean[rank];
    for (int i = 0; i < rank; i++) {
      int from = order.length == 0 ? rank - 1 - i : step.axis(order[i], rank);
      if (taken[from]) {
        throw step.fault("its order names the axis " + from + " twice");
      }
      taken[from] = true;
      dims[i] = value.dims[from];
    }
    step.gives(value.type, dims);
  }

  private static void concat(Step step) {
    step.arity(1, 1_000);
    Value first = step.input(0);
    int axis = step.fixedAxis(step.node.whole("axis", 0), first);
    long[] dims = first.dims.clone();
    for (int i = 1; i < step.count(); i++) {
      Value next = step.same(i, first.type);
      long[] other = next.dims.clone();
      if (other.length != dims.length || other[axis] < 0) {
        throw step.fault("the shapes " + first.shape() + " and " + next.shape() + " do not fit");
      }
      dims[axis] += other[axis];
      other[axis] = dims[axis];
      if (!Arrays.equals(dims, other)) {
        throw step.fault("the shapes " + first.shape() + " and " + next.shape() + " do not fit");
      }
    }
    step.gives(first.type, dims);
  }

  /** Before version 10 its bounds are attributes. */
  private static void slice(Step step) {
    step.arity(1, 5);
    Value value = step.input(0);
    boolean inputs = step.count() > 1;
    long[] starts = inputs ? step.wholes(1) : step.node.wholes("starts");
    long[] ends = inputs ? step.wholes(2) : step.node.wholes("ends");
    long[] axes = step.given(3) ? step.wholes(3) : step.node.wholes("axes");
    long[] steps = step.given(4) ? step.wholes(4) : new long[0];
    boolean even = starts.length == ends.length
        && (axes.length == 0 || axes.length == starts.length)
        && (steps.length == 0 || steps.length == starts.length);
    if (!even || starts.length > value.rank()) {
      throw step.fault("its starts, ends, axes and steps are not equally many");
    }
    long[] dims = value.dims.clone();
    boolean[] done = new boolean[dims.length];
    for (int i = 0; i < starts.length; i++) {
      int axis = step.fixedAxis(axes.length == 0 ? i : axes[i], value);
      long pace = steps.length == 0 ? 1 : steps[i];
      if (pace < 1 || pace > Integer.MAX_VALUE || done[axis]) {
        throw step.fault("the step " + pace + " is not accepted, or an axis stands twice");
      }
      done[axis] = true;
      long from = bound(starts[i], dims[axis]);
      long to = bound(ends[i], dims[axis]);
      dims[axis] = to <= from ? 0 : (to - from + pace - 1) / pace;
    }
    step.gives(value.type, dims);
  }

  private static long bound(long at, long length) {
    return Math.max(0, Math.min(length, at < 0 ? Math.max(at, -length) + length : at));
  }

  private static void split(Step step) {
    step.arity(1, 2);
    Value value = step.input(0);
    int axis = step.fixedAxis(step.node.whole("axis", 0), value);
    int parts = step.outputs.length;
    long[] sizes = step.given(1) ? step.wholes(1) : step.node.wholes("split");
    if (sizes.length == 0 && parts > 0 && value.dims[axis] % parts == 0) {
      sizes = new long[parts];
      Arrays.fill(sizes, value.dims[axis] / parts);
    }
    long left = value.dims[axis];
    for (long size : sizes) {
      left = size < 1 || size > left ? -1 : left - size;
    }
    if (sizes.length != parts || left != 0) {
      throw step.fault("its parts " + Arrays.toString(sizes) + " do not make up " + value.shape());
    }
    for (int i = 0; i < parts; i++) {
      long[] dims = value.dims.clone();
      dims[axis] = sizes[i];
      step.gives(i, value.type, dims);
    }
  }

  private static void gather(Step step) {
    step.arity(2, 2);
    Value value = step.input(0);
    int axis = step.fixedAxis(step.node.whole("axis", 0), value);
    for (long index : step.wholes(1)) {
      step.axisIndex(index, value.dims[axis]);
    }
    long[] chosen = step.input(1).dims;
    long[] dims = new long[value.rank() - 1 + chosen.length];
    System.arraycopy(value.dims, 0, dims, 0, axis);
    System.arraycopy(chosen, 0, dims, axis, chosen.length);
    System.arraycopy(value.dims, axis + 1, dims, axis + chosen.length, value.rank() - axis - 1);
    step.gives(value.type, dims);
  }
}

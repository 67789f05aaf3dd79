package io.qilin.mlops.onnx;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;

/** Operators that gather along a dimension in which rows do not lie. */
final class ReductionRules {
  private ReductionRules() {}

  static void addTo(Map<String, Consumer<Step>> rules) {
    for (String name : new String[] {
      "ReduceSum",
      "ReduceMean",
      "ReduceMax",
      "ReduceMin",
      "ReduceProd",
      "ReduceL1",
      "ReduceL2",
      "ReduceSumSquare",
      "ReduceLogSum",
      "ReduceLogSumExp"
    }) {
      rules.put(name, ReductionRules::reduce);
    }
    for (String name : new String[] {"ArgMax", "ArgMin"}) {
      rules.put(name, ReductionRules::place);
    }
    for (String name : new String[] {"Softmax", "LogSoftmax", "Hardmax"}) {
      rules.put(name, ReductionRules::softmax);
    }
  }

  private static void reduce(Step step) {
    step.arity(1, 2);
    Value value = step.reals(0);
    long[] axes = step.given(1) ? step.wholes(1) : step.node.wholes("axes");
    boolean[] gone = new boolean[value.rank()];
    if (axes.length == 0 && step.node.whole("noop_with_empty_axes", 0) == 0) {
      for (int i = 0; i < gone.length; i++) {
        gone[step.fixedAxis(i, value)] = true;
      }
    }
    for (long axis : axes) {
      gone[step.fixedAxis(axis, value)] = true;
    }
    step.costs(4);
    step.gives(value.type, reduced(step, value, gone));
  }

  private static void place(Step step) {
    step.arity(1, 1);
    Value value = step.reals(0);
    boolean[] gone = new boolean[value.rank()];
    gone[step.fixedAxis(step.node.whole("axis", 0), value)] = true;
    step.gives(ElementType.INT64, reduced(step, value, gone));
  }

  private static long[] reduced(Step step, Value value, boolean[] gone) {
    boolean keep = step.node.whole("keepdims", 1) != 0;
    long[] dims = new long[gone.length];
    int size = 0;
    for (int i = 0; i < gone.length; i++) {
      if (!gone[i]) {
        dims[size++] = value.dims[i];
      } else if (keep) {
        dims[size++] = 1;
      }
    }
    return Arrays.copyOf(dims, size);
  }

  /** Before version 13 it works along all dimensions from its axis on. */
  private static void softmax(Step step) {
    step.arity(1, 1);
    Value value = step.reals(0);
    int axis = step.fixedAxis(step.node.whole("axis", step.opset >= 13 ? -1 : 1), value);
    if (step.opset < 13 && value.rows() > axis) {
      throw step.fault("it works across the rows; the score of a row may depend on that row only");
    }
    step.costs(20);
    step.gives(value.type, value.dims);
  }
}

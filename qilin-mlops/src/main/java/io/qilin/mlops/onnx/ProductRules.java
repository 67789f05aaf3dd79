package io.qilin.mlops.onnx;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;

/** Products of matrices, and norms with learnt parameters. */
final class ProductRules {
  private ProductRules() {}

  static void addTo(Map<String, Consumer<Step>> rules) {
    rules.put("Gemm", ProductRules::gemm);
    rules.put("MatMul", ProductRules::product);
    rules.put("BatchNormalization", ProductRules::batchNorm);
    rules.put("LayerNormalization", ProductRules::layerNorm);
  }

  private static void gemm(Step step) {
    step.arity(2, 3);
    Value a = step.reals(0);
    Value b = step.same(1, a.type);
    if (a.rank() != 2 || b.rank() != 2) {
      throw step.fault("it multiplies matrices, not " + a.shape() + " and " + b.shape());
    }
    boolean turnA = step.node.whole("transA", 0) != 0;
    boolean turnB = step.node.whole("transB", 0) != 0;
    long rows = a.dims[turnA ? 1 : 0];
    long inner = a.dims[turnA ? 0 : 1];
    long columns = b.dims[turnB ? 0 : 1];
    requireInner(step, inner, b.dims[turnB ? 1 : 0]);
    long[] dims = {rows, columns};
    if (step.given(2)) {
      Value c = step.same(2, a.type);
      if (!Arrays.equals(ElementwiseRules.broadcast(step, dims, c.dims), dims)) {
        throw step.fault("the shape " + c.shape() + " of what is added does not fit");
      }
    }
    step.gives(a.type, dims);
    cost(step, dims, inner);
  }

  private static void product(Step step) {
    step.arity(2, 2);
    Value a = step.reals(0);
    Value b = step.same(1, a.type);
    if (a.rank() < 1 || b.rank() < 1) {
      throw step.fault("it multiplies matrices, not single numbers");
    }
    long[] left = a.rank() == 1 ? new long[] {1, a.dims[0]} : a.dims;
    long[] right = b.rank() == 1 ? new long[] {b.dims[0], 1} : b.dims;
    long inner = left[left.length - 1];
    requireInner(step, inner, right[right.length - 2]);
    long[] outer = ElementwiseRules.broadcast(
        step, Arrays.copyOf(left, left.length - 2), Arrays.copyOf(right, right.length - 2));
    long[] dims = Arrays.copyOf(outer, outer.length + 2);
    int size = outer.length;
    if (a.rank() > 1) {
      dims[size++] = left[left.length - 2];
    }
    if (b.rank() > 1) {
      dims[size++] = right[right.length - 1];
    }
    dims = Arrays.copyOf(dims, size);
    step.gives(a.type, dims);
    cost(step, dims, inner);
  }

  private static void requireInner(Step step, long left, long right) {
    if (left != right || left < 0) {
      throw step.fault(
          left < 0
              ? "it sums across the rows; the score of a row may depend on that row only"
              : "the lengths " + left + " and " + right + " of the sum do not fit together");
    }
  }

  private static void cost(Step step, long[] dims, long inner) {
    step.costsAlso(Math.min(1L << 30, Value.elements(dims)) * Math.min(inner, 1L << 31) * 2);
  }

  private static void batchNorm(Step step) {
    step.arity(5, 5);
    Value value = step.reals(0);
    if (step.node.whole("training_mode", 0) != 0 || step.node.outputs.size() > 1) {
      throw step.fault("it is in training mode; export it for inference");
    }
    if (value.rank() < 2) {
      throw step.fault("it takes at least two dimensions, not " + value.shape());
    }
    for (int i = 1; i < 5; i++) {
      if (!Arrays.equals(step.reals(i).dims, new long[] {value.dims[1]}) || value.dims[1] < 0) {
        throw step.fault("its parameters do not fit the shape " + value.shape());
      }
    }
    step.costs(4);
    step.gives(value.type, value.dims);
  }

  private static void layerNorm(Step step) {
    step.arity(2, 3);
    Value value = step.reals(0);
    int axis = step.fixedAxis(step.node.whole("axis", -1), value);
    if (value.rows() > axis || step.node.outputs.size() > 1) {
      throw step.fault("it works across the rows, or has more than one output");
    }
    long[] norm = Arrays.copyOfRange(value.dims, axis, value.rank());
    for (int i = 1; i < step.count(); i++) {
      if (!Arrays.equals(step.reals(i).dims, norm)) {
        throw step.fault("its parameters do not fit the shape " + value.shape());
      }
    }
    step.costs(8);
    step.gives(value.type, value.dims);
  }
}

package io.qilin.mlops.onnx;

import java.util.Map;
import java.util.function.Consumer;

/** Operators that treat each element by itself. */
final class ElementwiseRules {
  private static final int TRANSCENDENT = 16;

  private ElementwiseRules() {}

  static void addTo(Map<String, Consumer<Step>> rules) {
    for (String cheap : new String[] {
      "Abs",
      "Neg",
      "Relu",
      "LeakyRelu",
      "ThresholdedRelu",
      "HardSigmoid",
      "HardSwish",
      "Softsign",
      "Reciprocal",
      "Floor",
      "Ceil",
      "Round",
      "Sign",
      "Sqrt"
    }) {
      rules.put(cheap, step -> unary(step, 4));
    }
    for (String dear : new String[] {
      "Sigmoid",
      "Tanh",
      "Elu",
      "Selu",
      "Celu",
      "Softplus",
      "Exp",
      "Log",
      "Erf",
      "Gelu",
      "Mish",
      "Sin",
      "Cos",
      "Atan"
    }) {
      rules.put(dear, step -> unary(step, TRANSCENDENT));
    }
    for (String two : new String[] {"Add", "Sub", "Mul", "Div", "PRelu"}) {
      rules.put(two, step -> broadcast(step, 2, 2));
    }
    for (String many : new String[] {"Sum", "Mean", "Min", "Max"}) {
      rules.put(many, step -> broadcast(step, 1, 100));
    }
    for (String question :
        new String[] {"Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Equal"}) {
      rules.put(question, step -> {
        step.arity(2, 2);
        step.same(1, step.input(0).type);
        step.gives(ElementType.BOOL, shape(step, 0, 1));
      });
    }
    for (String logic : new String[] {"And", "Or", "Xor"}) {
      rules.put(logic, step -> {
        step.arity(2, 2);
        step.same(0, ElementType.BOOL);
        broadcast(step, 2, 2);
      });
    }
    rules.put("Not", step -> {
      step.arity(1, 1);
      step.gives(ElementType.BOOL, step.same(0, ElementType.BOOL).dims);
    });
    for (String question : new String[] {"IsNaN", "IsInf"}) {
      rules.put(question, step -> {
        step.arity(1, 1);
        step.gives(ElementType.BOOL, step.reals(0).dims);
      });
    }
    rules.put("Pow", step -> {
      step.arity(2, 2);
      step.costs(TRANSCENDENT);
      step.reals(1);
      step.gives(step.reals(0).type, shape(step, 0, 1));
    });
    rules.put("Where", ElementwiseRules::where);
    rules.put("Clip", ElementwiseRules::clip);
    rules.put("Cast", ElementwiseRules::cast);
    rules.put("Identity", ElementwiseRules::identity);
    rules.put("Dropout", ElementwiseRules::dropout);
  }

  private static void unary(Step step, int cost) {
    step.arity(1, 1);
    step.costs(cost);
    Value value = step.input(0);
    if (value.type == ElementType.BOOL || value.type == ElementType.STRING) {
      throw step.fault("its input is " + value.type + " instead of numbers");
    }
    step.gives(value.type, value.dims);
  }

  private static void broadcast(Step step, int least, int most) {
    step.arity(least, most);
    Value first = step.input(0);
    long[] dims = first.dims;
    for (int i = 1; i < step.count(); i++) {
      dims = broadcast(step, dims, step.same(i, first.type).dims);
    }
    step.costs(step.count());
    step.gives(first.type, dims);
  }

  private static long[] shape(Step step, int a, int b) {
    return broadcast(step, step.input(a).dims, step.input(b).dims);
  }

  /** The common shape of two: aligned at their ends, of equal lengths or 1. */
  static long[] broadcast(Step step, long[] a, long[] b) {
    long[] out = new long[Math.max(a.length, b.length)];
    for (int i = 1; i <= out.length; i++) {
      long left = i <= a.length ? a[a.length - i] : 1;
      long right = i <= b.length ? b[b.length - i] : 1;
      if (left != right && left != 1 && right != 1) {
        throw step.fault("the shapes " + new Value(ElementType.FLOAT, a, null).shape() + " and "
            + new Value(ElementType.FLOAT, b, null).shape() + " do not fit together");
      }
      out[out.length - i] = left == 1 ? right : left;
    }
    return out;
  }

  private static void where(Step step) {
    step.arity(3, 3);
    Value condition = step.same(0, ElementType.BOOL);
    Value yes = step.input(1);
    step.same(2, yes.type);
    step.gives(yes.type, broadcast(step, condition.dims, shape(step, 1, 2)));
  }

  private static void clip(Step step) {
    step.arity(1, 3);
    Value value = step.reals(0);
    for (int i = 1; i < 3; i++) {
      if (step.given(i) && step.same(i, value.type).rank() > 0) {
        throw step.fault("its bounds are to be single numbers");
      }
    }
    step.costs(2);
    step.gives(value.type, value.dims);
  }

  private static void cast(Step step) {
    step.arity(1, 1);
    Value from = step.input(0);
    ElementType to = ElementType.of(step.node.whole("to", 0), step.node.where());
    if (from.type == ElementType.STRING || to == ElementType.STRING) {
      throw step.fault("texts cannot be cast here");
    }
    step.gives(to, from.dims);
  }

  private static void identity(Step step) {
    step.arity(1, 1);
    Value value = step.input(0);
    if (value.constant != null) {
      step.givesConstant(value.constant);
    } else {
      step.gives(value.type, value.dims);
    }
  }

  /** Before version 12 its ratio is an attribute; a third input would switch on training, which works by chance. */
  private static void dropout(Step step) {
    step.arity(1, 2);
    Value value = step.reals(0);
    step.gives(0, value.type, value.dims);
    step.gives(1, ElementType.BOOL, value.dims);
  }
}

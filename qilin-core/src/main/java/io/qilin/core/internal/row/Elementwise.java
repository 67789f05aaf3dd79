package io.qilin.core.internal.row;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.expression.Operator;
import java.util.List;

/** Kernels of one value from the values of the same row. */
final class Elementwise {
  private Elementwise() {}

  /** The kernel of an operator. */
  static Kernel kernel(Operator operator, List<Value> operands, Rows out) {
    Value a = operands.get(0);
    Value b = operands.get(operands.size() > 1 ? 1 : 0);
    return switch (operator) {
      case NEGATE -> new Negate(a, out);
      case ABS -> new Abs(a, out);
      case LOG -> new LogKernel(a, out);
      case SIGN -> new Sign(a, out);
      case NOT -> new Not(a, out);
      case ADD -> new Add(a, b, out);
      case SUB -> new Sub(a, b, out);
      case MUL -> new Mul(a, b, out);
      case DIV -> new Div(a, b, out);
      case GREATER -> new Greater(a, b, out);
      case LESS -> new Less(a, b, out);
      case POWER -> new Power(a, b, out);
      case LT -> new Lt(a, b, out);
      case LE -> new Le(a, b, out);
      case EQ -> new Eq(a, b, out);
      case NE -> new Ne(a, b, out);
      case AND -> new And(a, b, out);
      case OR -> new Or(a, b, out);
      case IF -> new If(a, b, operands.get(2), out);
      default -> throw new QilinException(ErrorCode.UNKNOWN, operator + " is not elementwise");
    };
  }

  /** One operand. */
  abstract static class Unary extends Kernel {
    private final Value x;
    private final Rows out;

    Unary(Value x, Rows out) {
      this.x = x;
      this.out = out;
    }

    @Override
    final void run(int tick) {
      apply(x.at(tick), out.write(tick));
    }

    abstract void apply(double[] x, double[] out);
  }

  /** Two operands. */
  abstract static class Binary extends Kernel {
    private final Value a;
    private final Value b;
    private final Rows out;

    Binary(Value a, Value b, Rows out) {
      this.a = a;
      this.b = b;
      this.out = out;
    }

    @Override
    final void run(int tick) {
      apply(a.at(tick), b.at(tick), out.write(tick));
    }

    abstract void apply(double[] a, double[] b, double[] out);
  }

  static final class Negate extends Unary {
    Negate(Value x, Rows out) {
      super(x, out);
    }

    @Override
    void apply(double[] x, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = -x[i];
      }
    }
  }

  static final class Copy extends Unary {
    Copy(Value x, Rows out) {
      super(x, out);
    }

    @Override
    void apply(double[] x, double[] out) {
      System.arraycopy(x, 0, out, 0, out.length);
    }
  }

  static final class Abs extends Unary {
    Abs(Value x, Rows out) {
      super(x, out);
    }

    @Override
    void apply(double[] x, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.abs(x[i]);
      }
    }
  }

  static final class Sign extends Unary {
    Sign(Value x, Rows out) {
      super(x, out);
    }

    @Override
    void apply(double[] x, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = io.qilin.core.internal.kernel.Elementwise.sign(x[i]);
      }
    }
  }

  static final class Not extends Unary {
    Not(Value x, Rows out) {
      super(x, out);
    }

    @Override
    void apply(double[] x, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = 1 - x[i];
      }
    }
  }

  static final class Add extends Binary {
    Add(Value a, Value b, Rows out) {
      super(a, b, out);
    }

    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = a[i] + b[i];
      }
    }
  }

  static final class Sub extends Binary {
    Sub(Value a, Value b, Rows out) {
      super(a, b, out);
    }

    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = a[i] - b[i];
      }
    }
  }

  static final class Mul extends Binary {
    Mul(Value a, Value b, Rows out) {
      super(a, b, out);
    }

    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = a[i] * b[i];
      }
    }
  }

  static final class Div extends Binary {
    Div(Value a, Value b, Rows out) {
      super(a, b, out);
    }

    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = a[i] / b[i];
      }
    }
  }

  static final class Greater extends Binary {
    Greater(Value a, Value b, Rows out) {
      super(a, b, out);
    }

    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.max(a[i], b[i]);
      }
    }
  }

  static final class Less extends Binary {
    Less(Value a, Value b, Rows out) {
      super(a, b, out);
    }

    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.min(a[i], b[i]);
      }
    }
  }

  static final class Power extends Kernel {
    private final Value a;
    private final Value b;
    private final Rows out;

    Power(Value a, Value b, Rows out) {
      this.a = a;
      this.b = b;
      this.out = out;
    }

    @Override
    void run(int tick) {
      Tile tile = out.tile();
      tile.powers().compute(a.at(tick), b.at(tick), out.write(tick), tile.width);
    }
  }

  static final class Lt extends Binary {
    Lt(Value a, Value b, Rows out) {
      super(a, b, out);
    }

    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = io.qilin.core.internal.kernel.Elementwise.less(a[i], b[i]);
      }
    }
  }

  static final class Le extends Binary {
    Le(Value a, Value b, Rows out) {
      super(a, b, out);
    }

    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = io.qilin.core.internal.kernel.Elementwise.lessOrEqual(a[i], b[i]);
      }
    }
  }

  static final class Eq extends Binary {
    Eq(Value a, Value b, Rows out) {
      super(a, b, out);
    }

    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = io.qilin.core.internal.kernel.Elementwise.equal(a[i], b[i]);
      }
    }
  }

  static final class Ne extends Binary {
    Ne(Value a, Value b, Rows out) {
      super(a, b, out);
    }

    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = 1 - io.qilin.core.internal.kernel.Elementwise.equal(a[i], b[i]);
      }
    }
  }

  static final class And extends Binary {
    And(Value a, Value b, Rows out) {
      super(a, b, out);
    }

    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = io.qilin.core.internal.kernel.Elementwise.and(a[i], b[i]);
      }
    }
  }

  static final class Or extends Binary {
    Or(Value a, Value b, Rows out) {
      super(a, b, out);
    }

    @Override
    void apply(double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = io.qilin.core.internal.kernel.Elementwise.or(a[i], b[i]);
      }
    }
  }

  /** The second operand where the first is not 0, {@code NaN} included, else the third. */
  static final class If extends Kernel {
    private final Value condition;
    private final Value a;
    private final Value b;
    private final Rows out;

    If(Value condition, Value a, Value b, Rows out) {
      this.condition = condition;
      this.a = a;
      this.b = b;
      this.out = out;
    }

    @Override
    void run(int tick) {
      apply(condition.at(tick), a.at(tick), b.at(tick), out.write(tick));
    }

    private static void apply(double[] c, double[] a, double[] b, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = io.qilin.core.internal.kernel.Elementwise.choose(c[i], a[i], b[i]);
      }
    }
  }

  /** Takes away what lies outside a span. */
  static final class Inside extends Kernel {
    private final Span span;
    private final Rows outside;
    private final int delay;
    private final Rows out;

    Inside(Span span, int delay, Rows out) {
      this.span = span;
      this.outside = span.outside(delay);
      this.delay = delay;
      this.out = out;
    }

    @Override
    void run(int tick) {
      if (!span.everywhereIn(tick - delay)) {
        apply(outside.before(tick, delay, 0), out.at(tick));
      }
    }

    private static void apply(double[] outside, double[] row) {
      for (int i = 0; i < row.length; i++) {
        row[i] += outside[i];
      }
    }
  }
}

package io.qilin.core.internal.row;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.internal.plan.Term;
import java.util.List;

/** An operator of the host: its window is laid before it lane by lane. */
final class CustomKernel extends Kernel {
  private final Term.Custom term;
  private final List<Value> operands;
  private final Rows out;
  private final double[][] windows;
  /** What the operator is given: it may write what it likes into it. */
  private final double[][] handed;

  private final double[] parameters;
  private final double[] handedParameters;

  CustomKernel(Term.Custom term, List<Value> operands, Rows out) {
    this.term = term;
    this.operands = List.copyOf(operands);
    this.out = out;
    this.windows = new double[operands.size()][term.rows()];
    this.parameters =
        term.parameters().stream().mapToDouble(Double::doubleValue).toArray();
    this.handed = windows.clone();
    this.handedParameters = parameters.clone();
    operands.forEach(operand -> operand.keep(term.rows() - 1));
  }

  @Override
  void run(int tick) {
    double[] row = out.write(tick);
    int length = term.rows();
    int lanes = out.tile().lanes;
    for (int at = 0; at < row.length; at++) {
      int first = tick + at / lanes - length + 1;
      for (int k = 0; k < windows.length; k++) {
        Rows operand = operands.get(k).rows();
        for (int i = 0; i < length; i++) {
          windows[k][i] = operand.value(first + i, at % lanes);
        }
      }
      row[at] = value(length);
    }
  }

  private double value(int length) {
    System.arraycopy(windows, 0, handed, 0, handed.length);
    System.arraycopy(parameters, 0, handedParameters, 0, parameters.length);
    try {
      return term.operator().value(handed, length, handedParameters);
    } catch (RuntimeException | StackOverflowError | AssertionError | LinkageError e) {
      throw new QilinException(
          ErrorCode.PROVIDER,
          "the operator of class " + term.operator().getClass().getName() + " failed on a window: "
              + QilinException.quote(e.toString()) + "; mend it, it must give NaN instead",
          e);
    }
  }
}

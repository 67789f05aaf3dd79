package io.qilin.core.factor;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.internal.kernel.Pulse;
import java.util.List;

/** The rows {@code [from, to)} of an operator of the host: its window is laid before it row by row. */
record CustomRows(Step.Custom step, List<Column> inputs, int from, int to, Pulse pulse) {
  double[] calculate() {
    int length = step.rows();
    int operands = inputs.size();
    double[][] rows = new double[operands][];
    for (int k = 0; k < operands; k++) {
      rows[k] = inputs.get(k).rows(from + step.ahead() + 1 - length, to + step.ahead());
    }
    double[][] windows = new double[operands][length];
    double[] parameters =
        step.parameters().stream().mapToDouble(Double::doubleValue).toArray();
    double[] out = new double[to - from];
    for (int i = 0; i < out.length; i++) {
      for (int k = 0; k < operands; k++) {
        System.arraycopy(rows[k], i, windows[k], 0, length);
      }
      out[i] = value(windows, length, parameters);
      pulse.spend(length * operands);
    }
    return out;
  }

  private double value(double[][] windows, int length, double[] parameters) {
    try {
      return step.operator().value(windows, length, parameters);
    } catch (QilinException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new QilinException(
          ErrorCode.PROVIDER,
          "the operator of class " + step.operator().getClass().getName() + " failed on a window: "
              + QilinException.quote(e.toString()) + "; mend it, it must give NaN instead",
          e);
    }
  }
}

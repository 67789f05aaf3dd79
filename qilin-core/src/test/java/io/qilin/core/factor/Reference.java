package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.core.expression.Expression;
import io.qilin.core.internal.kernel.Pulse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Values of expressions by the plain evaluator: one column after the other, each window by a direct formula. */
final class Reference {
  private final double[][][] values;

  private Reference(double[][][] values) {
    this.values = values;
  }

  /** Computes the expressions on all days of the panel. */
  static Reference of(Panel panel, List<String> expressions, NumericMode mode) {
    int days = panel.days().size();
    int instruments = panel.symbols().size();
    Plan plan = Plan.of(expressions.stream().map(Expression::parse).toList(), mode);
    double[][][] values = new double[expressions.size()][instruments][days];
    for (double[][] rows : values) {
      for (double[] row : rows) {
        Arrays.fill(row, Double.NaN);
      }
    }
    for (int i = 0; i < instruments; i++) {
      new Evaluation(plan, panel, i, 0, days, mode, new Pulse(() -> {}))
          .run((expression, instrument, day, from, offset, length) ->
              System.arraycopy(from, offset, values[expression][instrument], day, length));
    }
    return new Reference(values);
  }

  double value(int expression, int instrument, int day) {
    return values[expression][instrument][day];
  }

  /**
   * Holds the engine to the plain evaluator.
   *
   * @param origin where the panel comes from, for the message
   */
  static void check(
      Panel panel, List<String> texts, NumericMode mode, double tolerance, String origin) {
    List<Factor> factors = new ArrayList<>();
    texts.forEach(text -> factors.add(new Factor("f" + factors.size(), text)));
    FactorTable table =
        FactorEngine.builder().mode(mode).build().compute(panel, new FactorSet("all", factors));
    Reference reference = of(panel, texts, mode);
    for (int factor = 0; factor < texts.size(); factor++) {
      for (int i = 0; i < panel.symbols().size(); i++) {
        for (int day = 0; day < panel.days().size(); day++) {
          double got = table.value(factor, i, day);
          double expected = reference.value(factor, i, day);
          if (!Closeness.isClose(got, expected, tolerance)) {
            assertThat(got)
                .as("%s, instrument %s, day %s, %s, %s", texts.get(factor), i, day, mode, origin)
                .isEqualTo(expected);
          }
        }
      }
    }
  }
}

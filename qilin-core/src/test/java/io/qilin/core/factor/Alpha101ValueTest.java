package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.testkit.Panels;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Formulas that look at one instrument only, written down once more as plain loops. */
class Alpha101ValueTest {
  private static final int WARM = 40;

  private final Panel panel = Panels.random(1, 150, 0, 7);
  private final double[] open = panel.values(Field.OPEN, 0);
  private final double[] high = panel.values(Field.HIGH, 0);
  private final double[] low = panel.values(Field.LOW, 0);
  private final double[] close = panel.values(Field.CLOSE, 0);
  private final double[] volume = panel.values(Field.VOLUME, 0);
  private final double[] vwap = panel.values(Field.VWAP, 0);

  @Test
  void whenCandleOfTheDay_thenEqualsTheFormula() {
    check(41, t -> Math.sqrt(high[t] * low[t]) - vwap[t]);
    check(101, t -> (close[t] - open[t]) / (high[t] - low[t] + 0.001));
    check(
        54,
        t -> -(low[t] - close[t])
            * Math.pow(open[t], 5)
            / ((low[t] - high[t]) * Math.pow(close[t], 5)));
  }

  @Test
  void whenChanges_thenEqualsTheFormula() {
    check(12, t -> Math.signum(volume[t] - volume[t - 1]) * -(close[t] - close[t - 1]));
    check(9, t -> {
      boolean up = true;
      boolean down = true;
      for (int i = t - 4; i <= t; i++) {
        up &= close[i] > close[i - 1];
        down &= close[i] < close[i - 1];
      }
      return (up || down ? 1 : -1) * (close[t] - close[t - 1]);
    });
    check(46, t -> {
      double bend = (close[t - 20] - close[t - 10]) / 10 - (close[t - 10] - close[t]) / 10;
      return bend > 0.25 ? -1 : bend < 0 ? 1 : -(close[t] - close[t - 1]);
    });
  }

  @Test
  void whenMeansAndRanks_thenEqualsTheFormula() {
    check(23, t -> {
      double sum = 0;
      for (int i = t - 19; i <= t; i++) {
        sum += high[i];
      }
      return sum / 20 < high[t] ? -(high[t] - high[t - 2]) : 0;
    });
    check(35, t -> rank(volume, t, 32) * (1 - rank(sums(), t, 16)) * (1 - rank(returns(), t, 32)));
  }

  @Test
  void whenCorrelation_thenEqualsTheFormula() {
    check(6, t -> {
      double x = 0;
      double y = 0;
      double xx = 0;
      double yy = 0;
      double xy = 0;
      for (int i = t - 9; i <= t; i++) {
        x += open[i];
        y += volume[i];
        xx += open[i] * open[i];
        yy += volume[i] * volume[i];
        xy += open[i] * volume[i];
      }
      return -(10 * xy - x * y) / Math.sqrt((10 * xx - x * x) * (10 * yy - y * y));
    });
  }

  private double[] sums() {
    double[] out = new double[close.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = close[i] + high[i] - low[i];
    }
    return out;
  }

  private double[] returns() {
    double[] out = new double[close.length];
    out[0] = Double.NaN;
    for (int i = 1; i < out.length; i++) {
      out[i] = close[i] / close[i - 1] - 1;
    }
    return out;
  }

  private static double rank(double[] x, int t, int window) {
    double below = 0;
    double equal = 0;
    for (int i = t - window + 1; i <= t; i++) {
      below += x[i] < x[t] ? 1 : 0;
      equal += x[i] == x[t] ? 1 : 0;
    }
    return (below + (equal + 1) / 2) / window;
  }

  private void check(int number, IntToDoubleFunction formula) {
    Factor factor = Alpha101.factors().factors().get(number - 1);
    var table = FactorEngine.DEFAULT.compute(panel, new FactorSet("one", List.of(factor)));
    for (int t = WARM; t < close.length; t++) {
      double expected = formula.applyAsDouble(t);
      double got = table.value(0, 0, t);
      if (Double.isFinite(expected)) {
        assertThat(got).as("%s, day %s", factor, t).isCloseTo(expected, within(1e-9));
      } else {
        assertThat(new double[] {got}).as("%s, day %s", factor, t).containsExactly(expected);
      }
    }
  }
}

package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.Label;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.testkit.Panels;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class RollingOperatorPropertyTest {
  @Property(tries = 1500)
  void whenAnySeries_thenEqualsThePlainLoop(
      @ForAll NaiveOperator operator,
      @ForAll("series") double[] x,
      @ForAll @IntRange(max = 12) int window) {
    int allowed = operator.allowed(window);

    assertClose(
        compute(operator.functionName() + "($x," + allowed + ")", x), operator.over(x, allowed));
  }

  @Property(tries = 300)
  void whenQuantile_thenLiesBetweenTheSortedNeighbours(
      @ForAll("series") double[] x, @ForAll @IntRange(max = 8) int window) {
    assertClose(compute("Quantile($x," + window + ",0.5)", x), NaiveOperator.MED.over(x, window));
    assertClose(compute("Quantile($x," + window + ",0)", x), NaiveOperator.MIN.over(x, window));
    assertClose(compute("Quantile($x," + window + ",1)", x), NaiveOperator.MAX.over(x, window));
  }

  @Property(tries = 300)
  void whenCovarianceWithItself_thenVariance(
      @ForAll("series") double[] x, @ForAll @IntRange(min = 1, max = 8) int window) {
    assertClose(compute("Cov($x,$x," + window + ")", x), NaiveOperator.VAR.over(x, window));
    for (double correlation : compute("Corr($x,$x," + window + ")", x)) {
      assertThat(Double.isNaN(correlation) || correlation == 1).isTrue();
    }
  }

  @Property(tries = 300)
  void whenLineIsFitted_thenSlopeAndResidualAreThoseOfCovariances(
      @ForAll("finite") double[] x, @ForAll @IntRange(min = 2, max = 8) int window) {
    double[] slopes = compute("Slope($x," + window + ")", x);
    double[] residuals = compute("Resi($x," + window + ")", x);
    double[] means = NaiveOperator.MEAN.over(x, window);
    for (int t = 1; t < x.length; t++) {
      int n = Math.min(window, t + 1);
      double products = 0;
      double squares = 0;
      for (int i = 0; i < n; i++) {
        double place = i - (n - 1) / 2.0;
        products += place * x[t - n + 1 + i];
        squares += place * place;
      }
      assertThat(slopes[t]).isCloseTo(products / squares, within());
      assertThat(residuals[t])
          .isCloseTo(x[t] - means[t] - products / squares * (n - 1) / 2.0, within());
    }
  }

  @Property(tries = 300)
  void whenExponential_thenEqualsTheWeightedSum(
      @ForAll("series") double[] x, @ForAll @IntRange(min = 1, max = 9) int span) {
    double decay = 1 - 2.0 / (span + 1);
    double[] expected = new double[x.length];
    for (int t = 0; t < x.length; t++) {
      double sum = 0;
      double weights = 0;
      int last = t;
      while (last >= 0 && !Double.isFinite(x[last])) {
        last--;
      }
      for (int i = 0; i <= last; i++) {
        double weight = Double.isFinite(x[i]) ? Math.pow(decay, last - i) : 0;
        sum += weight == 0 ? 0 : weight * x[i];
        weights += weight;
      }
      expected[t] = last < 0 ? Double.NaN : sum / weights;
    }

    assertClose(compute("EMA($x," + span + ")", x), expected);
  }

  private static double[] compute(String expression, double[] x) {
    Panel panel = Panels.series(Field.of("x"), x);
    var table = FactorEngine.DEFAULT.labels(panel, List.of(new Label("l", expression)));
    double[] values = new double[x.length];
    for (int day = 0; day < x.length; day++) {
      values[day] = table.value(0, 0, day);
    }
    return values;
  }

  private static void assertClose(double[] got, double[] expected) {
    for (int t = 0; t < got.length; t++) {
      boolean same = Double.isNaN(got[t])
          ? Double.isNaN(expected[t])
          : Math.abs(got[t] - expected[t]) <= 1e-9 * Math.max(1, Math.abs(expected[t]));
      assertThat(same).as("row %s: expected %s, got %s", t, expected[t], got[t]).isTrue();
    }
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.api.Assertions.within(1e-9);
  }

  /** Values on a coarse grid, so that ties and constant stretches are common, with holes and infinities. */
  @Provide
  Arbitrary<double[]> series() {
    Arbitrary<Double> grid = Arbitraries.integers().between(-8, 8).map(i -> i * 0.25);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(12, grid),
            net.jqwik.api.Tuple.of(3, Arbitraries.just(Double.NaN)),
            net.jqwik.api.Tuple.of(
                1, Arbitraries.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)))
        .array(double[].class)
        .ofMinSize(1)
        .ofMaxSize(25);
  }

  @Provide
  Arbitrary<double[]> finite() {
    return Arbitraries.doubles()
        .between(-100, 100)
        .array(double[].class)
        .ofMinSize(1)
        .ofMaxSize(20);
  }
}

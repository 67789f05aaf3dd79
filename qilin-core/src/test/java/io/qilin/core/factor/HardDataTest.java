package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.testkit.Panels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data on which running sums lose their digits: here they must not. */
class HardDataTest {
  private static final Field X = Field.of("x");
  private static final Field Y = Field.of("y");
  private static final List<Integer> WINDOWS =
      List.of(2, 3, 4, 5, 6, 7, 10, 20, 59, 60, 61, 128, 130);
  private static final FactorEngine CORRECTED =
      FactorEngine.builder().mode(NumericMode.CORRECTED).build();

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1e4 / 3, 1e10 / 7, -1e-7 / 3, 1e300, 1e-300})
  void whenAllValuesOfAWindowAreEqual_thenTheVarianceIsZero(double value) {
    List<String> texts = new ArrayList<>();
    for (int window = 2; window <= 130; window++) {
      texts.add("Var($x," + window + ")");
      texts.add("Std($x," + window + ")");
    }
    double[] x = new double[300];
    Arrays.fill(x, value);
    double[] holes = holed(x);

    double[][] whole = compute(x, x, texts);
    double[][] some = compute(holes, holes, texts);

    for (int i = 0; i < texts.size(); i++) {
      int window = 2 + i / 2;
      for (int t = 0; t < x.length; t++) {
        assertZeroOrMissing(whole[i][t], t > 0, texts.get(i), t);
        boolean enough = valid(holes, t, window) >= 2;
        assertZeroOrMissing(some[i][t], enough, texts.get(i) + " with holes", t);
      }
    }
  }

  private static void assertZeroOrMissing(double got, boolean enough, String text, int t) {
    if (enough ? got != 0 : !Double.isNaN(got)) {
      fail("%s, row %s: %s", text, t, got);
    }
  }

  /** Other values lie before the constant ones and must leave nothing behind. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1e4 / 3, 1e10 / 7})
  void whenOtherValuesHaveLeftTheWindow_thenTheVarianceIsZeroAgain(double value) {
    SplittableRandom random = new SplittableRandom(11);
    double[] x = new double[400];
    Arrays.setAll(x, t -> t < 137 ? value * (0.5 + random.nextDouble()) : value);
    for (int window = 2; window <= 130; window++) {
      double[] variances = compute(x, x, List.of("Var($x," + window + ")"))[0];
      for (int t = 137 + window - 1; t < x.length; t++) {
        assertThat(variances[t]).as("window %s, row %s", window, t).isEqualTo(0);
      }
      assertThat(variances[137 + window - 2]).as("window %s", window).isPositive();
    }
  }

  /** The whole history has fewer rows than the longest window, so both must say the same. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e4, 1e10, -1e12})
  void whenAWindowOfAllRowsLiesFarFromZero_thenItKeepsTheDigitsThatDiffer(double level) {
    double[] x = new double[200];
    Arrays.setAll(x, t -> level + 7 * t % 13 / 8.0);
    double[] holes = holed(x);
    for (String operator :
        List.of("Mean", "Std", "Var", "Skew", "Kurt", "Slope", "Rsquare", "Resi")) {
      for (double[] values : List.of(x, holes)) {
        List<String> texts = List.of(operator + "($x,0)", operator + "($x,250)");
        double[][] both = compute(values, values, texts);
        for (int t = 3; t < x.length; t++) {
          double expected = both[1][t];
          if (Double.isNaN(expected)) {
            assertThat(both[0][t]).as("%s, row %s", texts.get(0), t).isNaN();
          } else {
            assertThat(both[0][t])
                .as("%s, row %s", texts.get(0), t)
                .isCloseTo(expected, within(1e-10 * Math.max(1, Math.abs(expected))));
          }
        }
      }
    }
  }

  @Test
  void whenSquaresLeaveTheRange_thenACorrelationIsStillOneOrMissing() {
    double[] small = series(60, new Random(5)::nextDouble);
    double[] large = small.clone();
    double[] tiny = small.clone();
    for (int t = 0; t < small.length; t++) {
      small[t] *= 1e-120;
      large[t] *= 1e120;
      tiny[t] *= 1e-170;
    }
    for (double[] x : List.of(small, large)) {
      for (double[] y : List.of(small, large)) {
        double[] correlation = correlation(x, y);
        for (int t = 2; t < x.length; t++) {
          assertThat(correlation[t]).as("row %s", t).isCloseTo(1, within(1e-12));
        }
      }
    }
    assertThat(correlation(tiny, large)).containsOnly(Double.NaN);
  }

  /** pandas knows equal values by looking at them, not by their squares. */
  @Test
  void whenValuesDifferByLessThanSquaresCanTell_thenTheirShapeIsNotKnown() {
    double[] x = {1e-170, 2e-170, 4e-170, 9e-170, 1.5e-170, 5e-170, 5e-170, 5e-170, 5e-170, 5e-170};

    double[][] shapes = compute(
        x, x, List.of("Skew($x,5)", "Kurt($x,5)", "Skew($x,0)", "Kurt($x,0)", "Skew($x,7)"));

    for (double[] shape : shapes) {
      assertThat(Arrays.copyOf(shape, 9)).containsOnly(Double.NaN);
    }
    assertThat(shapes[0][9]).isZero();
    assertThat(shapes[1][9]).isEqualTo(-3);
  }

  private static double[] correlation(double[] x, double[] y) {
    return compute(x, y, List.of("Corr($x,$y,5)"))[0];
  }

  @Test
  void whenPricesDifferInTheSeventhDigit_thenTheDeviationIsExactToTwelve() {
    SplittableRandom random = new SplittableRandom(3);
    double[] x = series(300, () -> 1e4 + 2e-3 * (random.nextDouble() - 0.5));

    check("Std($x,%d)", x, x, (a, b) -> ExactWindow.std(a));
    check("Slope($x,%d)", x, x, (a, b) -> ExactWindow.slope(a));
  }

  @Test
  void whenVolumesAreLarge_thenTheirStatisticsAreExactToTwelve() {
    SplittableRandom random = new SplittableRandom(5);
    double[] x = series(300, () -> Math.rint(1e10 * (1 + random.nextDouble())));
    double[] y = series(300, () -> 10 + random.nextDouble());

    check("Std($x,%d)", x, y, (a, b) -> ExactWindow.std(a));
    check("Corr($x,$y,%d)", x, y, 1, (a, b) -> ExactWindow.correlation(a, b));
    check("Slope($x,%d)", x, y, 1e10, (a, b) -> ExactWindow.slope(a));
    check("Rsquare($x,%d)", x, y, 1, (a, b) -> ExactWindow.rsquare(a));
  }

  /** They are calculated in two passes and not merged: no more than the last digits may differ. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void whenTheWindowIsShort_thenStatisticsAreExactToTheLastDigits(int window) {
    SplittableRandom random = new SplittableRandom(window);
    double[] x = series(200, () -> 1e4 + 1e-4 * (random.nextDouble() - 0.5));
    double[] y = series(200, () -> 1e10 * (1 + 1e-6 * random.nextDouble()));
    List<String> texts = List.of("Std($x," + window + ")", "Cov($x,$y," + window + ")");

    double[][] got = compute(x, y, texts);

    for (int t = window - 1; t < x.length; t++) {
      double[] a = Arrays.copyOfRange(x, t + 1 - window, t + 1);
      double[] b = Arrays.copyOfRange(y, t + 1 - window, t + 1);
      double std = ExactWindow.std(a);
      assertThat(got[0][t]).as("std, row %s", t).isCloseTo(std, within(2e-15 * std));
      double size = std * ExactWindow.std(b);
      double covariance = ExactWindow.correlation(a, b) * size;
      assertThat(got[1][t]).as("cov, row %s", t).isCloseTo(covariance, within(4e-15 * size));
    }
  }

  @Test
  void whenASpikeHasLeftTheWindow_thenTheBitsAreThoseWithoutIt() {
    int spike = 70;
    SplittableRandom random = new SplittableRandom(7);
    double[] calm = series(400, () -> 1 + 0.01 * random.nextDouble());
    double[] y = series(400, random::nextDouble);
    double[] spiked = calm.clone();
    spiked[spike] = 1e10;
    List<String> texts = new ArrayList<>();
    for (int window : WINDOWS) {
      for (String operator : List.of(
          "Mean",
          "Sum",
          "Std",
          "Var",
          "Max",
          "Min",
          "Med",
          "Mad",
          "Rank",
          "Slope",
          "Rsquare",
          "Resi",
          "WMA",
          "DecayLinear",
          "Product",
          "IdxMax")) {
        texts.add(operator + "($x," + window + ")");
      }
      texts.add("Skew($x," + (window + 2) + ")");
      texts.add("Kurt($x," + (window + 2) + ")");
      texts.add("Corr($x,$y," + window + ")");
      texts.add("Cov($x,$y," + window + ")");
    }

    double[][] without = compute(calm, y, texts);
    double[][] with = compute(spiked, y, texts);

    for (int i = 0; i < texts.size(); i++) {
      int window = WINDOWS.get(i / 20) + 2;
      if (texts.get(i).startsWith("Mean") || texts.get(i).startsWith("Std")) {
        assertThat(with[i][spike]).as(texts.get(i)).isGreaterThan(1e7);
      }
      for (int t = spike + window; t < calm.length; t++) {
        assertThat(Double.doubleToLongBits(with[i][t]))
            .as("%s, row %s: %s, %s", texts.get(i), t, with[i][t], without[i][t])
            .isEqualTo(Double.doubleToLongBits(without[i][t]));
      }
    }
  }

  @Test
  void whenAMillionRowsHavePassed_thenTheBitsAreThoseOfAFreshStream() {
    FactorPlan plan = CORRECTED.plan(set(List.of(
        "Mean($x,20)",
        "Std($x,20)",
        "Corr($x,$y,20)",
        "Slope($x,20)",
        "Resi($x,20)",
        "Skew($x,20)",
        "Sum($x,60)",
        "Var($x,60)")));
    FactorStream old = plan.stream(List.of(Panels.SYMBOL));
    FactorStream fresh = plan.stream(List.of(Panels.SYMBOL));
    CrossSection row = old.newRow();
    Random random = new Random(9);
    int rows = 1_000_000;
    for (int t = 0; t < rows; t++) {
      double size = t % 1000 < 10 ? 1e8 : 10;
      row.set(X, 0, size + random.nextDouble()).set(Y, 0, 1e4 * random.nextDouble());
      old.push(row);
      if (t >= rows - 60) {
        fresh.push(row);
      }
    }

    assertThat(old.rows()).isEqualTo(rows);
    for (int factor = 0; factor < plan.names().size(); factor++) {
      assertThat(old.value(factor, 0)).as(plan.names().get(factor)).isFinite();
      assertThat(Double.doubleToLongBits(old.value(factor, 0)))
          .as(plan.names().get(factor))
          .isEqualTo(Double.doubleToLongBits(fresh.value(factor, 0)));
    }
  }

  private static void check(
      String pattern, double[] x, double[] y, BiFunction<double[], double[], Double> exact) {
    check(pattern, x, y, 0, exact);
  }

  /** Errors are measured against the value, or against a size that the value may be far below by cancelling. */
  private static void check(
      String pattern,
      double[] x,
      double[] y,
      double size,
      BiFunction<double[], double[], Double> exact) {
    for (int window : WINDOWS) {
      String text = String.format(java.util.Locale.ROOT, pattern, window);
      double[] got = compute(x, y, List.of(text))[0];
      for (int t = window - 1; t < x.length; t += 7) {
        double expected = exact.apply(
            Arrays.copyOfRange(x, t + 1 - window, t + 1),
            Arrays.copyOfRange(y, t + 1 - window, t + 1));
        assertThat(got[t])
            .as("%s, row %s", text, t)
            .isCloseTo(expected, within(1e-12 * Math.max(size, Math.abs(expected))));
      }
    }
  }

  private static double[] series(int rows, DoubleSupplier values) {
    double[] out = new double[rows];
    Arrays.setAll(out, t -> values.getAsDouble());
    return out;
  }

  private static double[] holed(double[] x) {
    SplittableRandom random = new SplittableRandom(1);
    double[] out = x.clone();
    for (int t = 0; t < out.length; t++) {
      out[t] = random.nextInt(3) == 0 ? Double.NaN : out[t];
    }
    return out;
  }

  private static int valid(double[] x, int t, int window) {
    return (int) Arrays.stream(x, Math.max(0, t + 1 - window), t + 1)
        .filter(Double::isFinite)
        .count();
  }

  private static FactorSet set(List<String> texts) {
    return new FactorSet(
        "hard", texts.stream().map(text -> new Factor(text, text)).toList());
  }

  private static double[][] compute(double[] x, double[] y, List<String> texts) {
    Panel panel = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, x.length), Adjustment.RAW)
        .column(Panels.SYMBOL, X, 0, x)
        .column(Panels.SYMBOL, Y, 0, y)
        .build();
    var table = CORRECTED.compute(panel, set(texts));
    double[][] out = new double[texts.size()][x.length];
    for (int i = 0; i < texts.size(); i++) {
      for (int t = 0; t < x.length; t++) {
        out[i][t] = table.value(i, 0, t);
      }
    }
    return out;
  }
}

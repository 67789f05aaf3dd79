package io.qilin.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CrossMomentsTest {
  private static final MathContext DIGITS = new MathContext(60);

  /** The parts of the formulas in decimals of 60 digits. */
  private record Exact(BigDecimal mean, BigDecimal deviation, BigDecimal sizes) {
    static Exact of(double[] valid) {
      BigDecimal n = new BigDecimal(valid.length);
      BigDecimal mean = BigDecimal.ZERO;
      BigDecimal sizes = BigDecimal.ZERO;
      for (double v : valid) {
        mean = mean.add(new BigDecimal(v));
        sizes = sizes.add(new BigDecimal(v).abs());
      }
      mean = mean.divide(n, DIGITS);
      BigDecimal squares = BigDecimal.ZERO;
      for (double v : valid) {
        squares = squares.add(new BigDecimal(v).subtract(mean).pow(2, DIGITS), DIGITS);
      }
      BigDecimal deviation = valid.length < 2
          ? BigDecimal.ZERO
          : squares.divide(n.subtract(BigDecimal.ONE), DIGITS).sqrt(DIGITS);
      return new Exact(mean, deviation, sizes);
    }
  }

  @Property(tries = 300)
  void whenAnyRow_thenEqualsTheFormulasInDecimals(@ForAll long seed) {
    RandomRow rows = new RandomRow(new SplittableRandom(seed));
    int n = Math.min(rows.size(), 200);
    double[] x = rows.of(n);
    double[] z = RandomRow.target(x);
    double[] demeaned = RandomRow.target(x);
    double[] scaled = RandomRow.target(x);

    CrossMoments.zscore(x, z, n);
    CrossMoments.demean(x, demeaned, n);
    CrossMoments.scale(x, 2.5, scaled, n);

    double[] valid = RandomRow.valid(x, n);
    if (valid.length == 0) {
      Arrays.fill(x, 0, n, Double.NaN);
      assertThat(z).containsExactly(x);
      assertThat(demeaned).containsExactly(x);
      assertThat(scaled).containsExactly(x);
      return;
    }
    Exact exact = Exact.of(valid);
    double largest = Arrays.stream(valid).map(Math::abs).max().orElseThrow();
    boolean varied = Arrays.stream(valid).distinct().count() > 1 && exact.deviation.signum() > 0;
    for (int i = 0; i < n; i++) {
      if (!Double.isFinite(x[i])) {
        assertThat(new double[] {z[i], demeaned[i], scaled[i]}).containsOnly(Double.NaN);
        continue;
      }
      BigDecimal distance = new BigDecimal(x[i]).subtract(exact.mean);
      close(demeaned[i], distance.doubleValue(), Math.max(1e-13 * largest, 2 * Double.MIN_VALUE));
      if (varied) {
        close(z[i], distance.divide(exact.deviation, DIGITS).doubleValue(), 1e-9);
      }
      double share = exact.sizes.signum() == 0
          ? Double.NaN
          : new BigDecimal(x[i]).divide(exact.sizes, DIGITS).doubleValue() * 2.5;
      close(scaled[i], share, 1e-14 * 2.5);
    }
    assertThat(z).endsWith(RandomRow.BEHIND, RandomRow.BEHIND, RandomRow.BEHIND);
    assertThat(demeaned).endsWith(RandomRow.BEHIND, RandomRow.BEHIND, RandomRow.BEHIND);
    assertThat(scaled).endsWith(RandomRow.BEHIND, RandomRow.BEHIND, RandomRow.BEHIND);
  }

  @Test
  void whenAllAreEqual_thenNoSpread() {
    double[] x = {0.1, 0.1, Double.NaN, 0.1};
    double[] out = new double[4];

    CrossMoments.demean(x, out, 4);
    assertThat(out).containsExactly(0, 0, Double.NaN, 0);

    CrossMoments.zscore(x, out, 4);
    assertThat(out).containsOnly(Double.NaN);
  }

  @Test
  void whenThereIsOneOnly_thenNoScoreButAMeanAndAScale() {
    double[] x = {Double.NaN, -4};
    double[] out = new double[2];

    CrossMoments.zscore(x, out, 2);
    assertThat(out).containsOnly(Double.NaN);
    CrossMoments.demean(x, out, 2);
    assertThat(out).containsExactly(Double.NaN, 0);
    CrossMoments.scale(x, 1, out, 2);
    assertThat(out).containsExactly(Double.NaN, -1);
  }

  @Test
  void whenAllAreZero_thenTheyCannotBeScaled() {
    double[] x = {0, -0.0};

    CrossMoments.scale(x, 1, x, 2);

    assertThat(x).containsOnly(Double.NaN);
  }

  @Test
  void whenTheLevelIsFarAboveTheSpread_thenTheSpreadKeepsItsDigits() {
    double[] x = {1e10, 1e10 + 1, 1e10 + 2};

    CrossMoments.zscore(x, x, 3);

    assertThat(x).containsExactly(-1, 0, 1);
  }

  private static void close(double got, double expected, double tolerance) {
    boolean same = Double.isNaN(expected)
        ? Double.isNaN(got)
        : got == expected || Math.abs(got - expected) <= tolerance;
    assertThat(same).as("expected %s, got %s", expected, got).isTrue();
  }
}

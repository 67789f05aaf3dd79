package io.qilin.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CrossRegressionTest {
  private static final int WIDTH = 3000;
  private static final double[][] NONE = {};

  private final CrossRegression regression = new CrossRegression(WIDTH, 8);

  @Property(tries = 200)
  void whenGroupsAndExposures_thenEqualsTheFitWithIndicators(
      @ForAll long seed, @ForAll @IntRange(max = 8) int exposures) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomRow rows = new RandomRow(random);
    int n = 60 + random.nextInt(60);
    double[] x = rows.finite(n);
    double[] g = RandomRow.target(x);
    for (int i = 0; i < n; i++) {
      g[i] = random.nextInt(4) * 0.5 - 0.5;
    }
    double[][] e = new double[exposures][];
    Arrays.setAll(e, k -> rows.finite(n));
    x[random.nextInt(n)] = Double.NaN;
    g[random.nextInt(n)] = Double.POSITIVE_INFINITY;
    if (exposures > 0) {
      e[0][random.nextInt(n)] = Double.NEGATIVE_INFINITY;
    }
    double[] out = RandomRow.target(x);

    regression.neutralize(x, g, e, out, n);

    List<double[]> columns = new ArrayList<>(List.of(e));
    for (double code : new double[] {-0.5, 0, 0.5, 1}) {
      columns.add(Arrays.stream(g).map(v -> v == code ? 1 : v * 0).toArray());
    }
    assertClose(out, NaiveFit.residuals(x, columns, n), 1e-9, n);
  }

  @Property(tries = 200)
  void whenExposuresOnly_thenEqualsTheFitWithIntercept(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int exposures) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomRow rows = new RandomRow(random);
    int n = 40 + random.nextInt(60);
    double[] x = rows.finite(n);
    double[][] e = new double[exposures][];
    Arrays.setAll(e, k -> rows.finite(n));
    e[exposures - 1][random.nextInt(n)] = Double.NaN;
    double[] out = RandomRow.target(x);

    regression.residual(x, e, out, n);

    List<double[]> columns = new ArrayList<>(List.of(e));
    columns.add(Arrays.stream(x).map(v -> 1).toArray());
    assertClose(out, NaiveFit.residuals(x, columns, n), 1e-9, n);
  }

  @Property(tries = 300)
  void whenAnyRows_thenFiniteWhereAllIsKnownAndNaNElsewhere(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomRow rows = new RandomRow(random);
    int n = rows.size();
    double[] x = Arrays.stream(rows.of(n)).map(v -> v / 4).toArray();
    double[] g = rows.of(n);
    double[][] e = new double[random.nextInt(4)][];
    Arrays.setAll(e, k -> rows.of(n));
    double[] out = RandomRow.target(x);

    regression.neutralize(x, g, e, out, n);

    for (int i = 0; i < n; i++) {
      int place = i;
      boolean known = Double.isFinite(x[i])
          && Double.isFinite(g[i])
          && Arrays.stream(e).allMatch(row -> Double.isFinite(row[place]));
      assertThat(Double.isFinite(out[i])).isEqualTo(known);
      assertThat(Double.isNaN(out[i])).isNotEqualTo(known);
    }
    assertThat(out).endsWith(RandomRow.BEHIND, RandomRow.BEHIND, RandomRow.BEHIND);
  }

  @Property(tries = 200)
  void whenInstrumentsChangePlaces_thenTheirResidualsGoWithThem(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomRow rows = new RandomRow(random);
    int n = 20 + random.nextInt(200);
    double[] x = rows.finite(n);
    double[][] e = {rows.finite(n), rows.finite(n)};
    int[] order = rows.order(n);
    double[] out = RandomRow.target(x);
    double[] permuted = RandomRow.target(x);

    regression.residual(x, e, out, n);
    double[][] moved = {RandomRow.permuted(e[0], order), RandomRow.permuted(e[1], order)};
    regression.residual(RandomRow.permuted(x, order), moved, permuted, n);

    assertClose(permuted, RandomRow.permuted(out, order), 1e-12, n);
  }

  @Property(tries = 200)
  void whenExposuresRepeatOthers_thenTheyChangeNothing(@ForAll long seed) {
    RandomRow rows = new RandomRow(new SplittableRandom(seed));
    int n = 50;
    double[] x = rows.finite(n);
    double[] a = rows.finite(n);
    double[] b = rows.finite(n);
    double[] constant = RandomRow.target(x);
    double[] mixed = RandomRow.target(x);
    double[] large = RandomRow.target(x);
    for (int i = 0; i < n; i++) {
      mixed[i] = 3 * a[i] - 0.1 * b[i] + 7;
      large[i] = 1e250 * a[i];
    }
    double[] plain = RandomRow.target(x);
    double[] repeated = RandomRow.target(x);

    regression.residual(x, new double[][] {a, b}, plain, n);
    regression.residual(
        x, new double[][] {constant, a, a, large, b, mixed, constant, b}, repeated, n);

    assertClose(repeated, plain, 1e-12, n);
  }

  @Property(tries = 300)
  void whenRowsFollowEachOther_thenEachIsAsIfItWereAlone(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomRow rows = new RandomRow(random);
    int n = random.nextInt(20);
    double[] g = rows.of(n);
    for (int call = 0; call < 6; call++) {
      int length = random.nextInt(3) == 0 ? random.nextInt(n + 1) : n;
      double[] x = rows.of(n);
      if (random.nextInt(3) == 0) {
        g = rows.of(n);
      }
      double[][] e = random.nextInt(3) == 0 ? new double[][] {rows.of(n)} : NONE;
      double[] out = RandomRow.target(x);
      double[] alone = RandomRow.target(x);

      regression.residual(x, e, out, length);
      new CrossRegression(n, 1).residual(x, e, alone, length);
      assertThat(out).containsExactly(alone);

      regression.neutralize(x, g, e, out, length);
      new CrossRegression(n, 1).neutralize(x, g, e, alone, length);
      assertThat(out).containsExactly(alone);
    }
  }

  @Test
  void whenGroupsOnly_thenTheirMeansAreTakenOut() {
    double[] x = {1, 2, 10, 30, 5, Double.NaN, 4};
    double[] g = {7, 7, 3, 3, 0, 7, Double.NaN};
    double[] out = new double[7];

    regression.neutralize(x, g, NONE, out, 7);

    assertThat(out).containsExactly(-0.5, 0.5, -10, 10, 0, Double.NaN, Double.NaN);
  }

  @Test
  void whenZerosHaveDifferentSigns_thenTheyAreOneGroup() {
    double[] out = new double[2];

    regression.neutralize(new double[] {1, 3}, new double[] {0, -0.0}, NONE, out, 2);

    assertThat(out).containsExactly(-1, 1);
  }

  @Test
  void whenTheFitIsExact_thenWhatIsLeftIsZero() {
    double[] x = {0.1, 0.2, 0.7};
    double[][] e = {{0.3, 0.1, 0.9}, {0.2, 0.8, 0.4}, {0.5, 0.5, 0.1}};

    regression.residual(x, e, x, 3);

    assertThat(x).containsOnly(0);
  }

  @Test
  void whenOneIsAloneInItsGroup_thenNothingIsLeft() {
    double[] out = new double[4];
    double[][] e = {{1, 2, 4, 9}};

    regression.neutralize(new double[] {1, 5, 2, 8}, new double[] {1, 1, 1, 2}, e, out, 4);

    assertThat(out[3]).isZero();
    assertThat(out[0]).isNotZero();
  }

  @Test
  void whenTheExposureIsNearlyConstant_thenItIsNotTakenForMore() {
    double noise = Math.ulp(1e12);
    double[] x = {1, 2, 3, 6};
    double[][] e = {{1e12, 1e12 + noise, 1e12, 1e12 + noise}};
    double[] out = new double[4];

    regression.residual(x, e, out, 4);

    assertThat(out).containsExactly(-2, -1, 0, 3);
  }

  private static void assertClose(double[] got, double[] expected, double tolerance, int n) {
    for (int i = 0; i < n; i++) {
      boolean same = Double.isNaN(expected[i])
          ? Double.isNaN(got[i])
          : Math.abs(got[i] - expected[i]) <= tolerance;
      assertThat(same).as("%s: expected %s, got %s", i, expected[i], got[i]).isTrue();
    }
  }
}

package io.qilin.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CrossClipTest {
  private final CrossClip clip = new CrossClip(3000);

  @Property(tries = 300)
  void whenAnyRow_thenWinsorizedAtInterpolatedQuantiles(
      @ForAll long seed, @ForAll @IntRange(max = 49) int percent) {
    RandomRow rows = new RandomRow(new SplittableRandom(seed));
    int n = rows.size();
    double[] x = rows.of(n);
    double[] out = RandomRow.target(x);

    clip.winsorize(x, percent / 100.0, out, n);

    double[] sorted = RandomRow.valid(x, n);
    Arrays.sort(sorted);
    double least = quantile(sorted, percent / 100.0);
    double most = quantile(sorted, 1 - percent / 100.0);
    assertClipped(x, least, most, out, n);
  }

  @Property(tries = 300)
  void whenAnyRow_thenClippedAtDeviationsFromTheMedian(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int tenths) {
    RandomRow rows = new RandomRow(new SplittableRandom(seed));
    int n = rows.size();
    double[] x = rows.of(n);
    double[] out = RandomRow.target(x);

    clip.clip(x, tenths / 10.0, out, n);

    double[] sorted = RandomRow.valid(x, n);
    Arrays.sort(sorted);
    // A sixteenth of all, so that nothing overflows; or far more, so that no part is too small.
    boolean tiny = sorted.length > 0
        && Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1])) < 1e-300;
    double divisor = tiny ? 0x1p-200 : 16;
    double[] parts = Arrays.stream(sorted).map(v -> v / divisor).toArray();
    double median = quantile(parts, 0.5);
    double[] deviations =
        Arrays.stream(parts).map(v -> Math.abs(v - median)).sorted().toArray();
    double reach = tenths / 10.0 * 1.4826 * quantile(deviations, 0.5);
    assertClipped(x, (median - reach) * divisor, (median + reach) * divisor, out, n);
  }

  @Property(tries = 200)
  void whenInstrumentsChangePlaces_thenTheirValuesGoWithThem(@ForAll long seed) {
    RandomRow rows = new RandomRow(new SplittableRandom(seed));
    int n = rows.size();
    double[] x = rows.of(n);
    int[] order = rows.order(n);
    double[] out = RandomRow.target(x);
    double[] permuted = RandomRow.target(x);

    clip.clip(x, 1.5, out, n);
    clip.clip(RandomRow.permuted(x, order), 1.5, permuted, n);

    assertThat(permuted).containsExactly(RandomRow.permuted(out, order));
  }

  @Test
  void whenOneLiesFarOff_thenItIsMovedToTheBorder() {
    double[] x = {1, 2, 3, 4, 1e300, Double.NaN};
    double[] out = new double[6];

    clip.winsorize(x, 0.25, out, 6);
    assertThat(out).containsExactly(2, 2, 3, 4, 4, Double.NaN);

    clip.clip(x, 2, out, 6);
    assertThat(out).containsExactly(1, 2, 3, 4, 3 + 2 * 1.4826, Double.NaN);
  }

  /** A half of the smallest number is lost, and five times as much with it. */
  @Test
  void whenValuesAreTheSmallest_thenBordersAreRoundedOnceOnly() {
    double[] x = new double[8];
    Arrays.setAll(x, i -> (i < 4 ? -9 + i : i) * Double.MIN_VALUE);
    double[] large = Arrays.stream(x).map(v -> v * 0x1p200).toArray();

    clip.clip(x, 0.7, x, 8);
    clip.clip(large, 0.7, large, 8);

    for (int i = 0; i < 8; i++) {
      assertThat(x[i]).isEqualTo(large[i] * 0x1p-200);
    }
  }

  @Test
  void whenMoreThanHalfAreEqual_thenAllBecomeTheMedian() {
    double[] x = {5, 5, 5, 9, -9};

    clip.clip(x, 3, x, 5);

    assertThat(x).containsOnly(5);
  }

  @Test
  void whenNothingIsCut_thenAllStays() {
    double[] x = {3, -0.0, 7};
    double[] out = new double[3];

    clip.winsorize(x, 0, out, 3);

    assertThat(out).containsExactly(x);
  }

  private static void assertClipped(double[] x, double least, double most, double[] out, int n) {
    double size = Math.max(Math.abs(least), Math.abs(most));
    for (int i = 0; i < n; i++) {
      double value = x[i];
      double expected =
          Double.isFinite(value) ? Math.max(least, Math.min(most, value)) : Double.NaN;
      boolean same = Double.isNaN(expected)
          ? Double.isNaN(out[i])
          : out[i] == expected
              || Math.abs(out[i] - expected) <= Math.max(1e-14 * size, 4 * Double.MIN_VALUE);
      assertThat(same)
          .as("%s in [%s, %s] became %s", value, least, most, out[i])
          .isTrue();
    }
    assertThat(out).endsWith(RandomRow.BEHIND, RandomRow.BEHIND, RandomRow.BEHIND);
  }

  /** In decimals, so that it cannot overflow. */
  private static double quantile(double[] sorted, double level) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double place = level * (sorted.length - 1);
    int below = (int) place;
    if (place == below) {
      return sorted[below];
    }
    BigDecimal low = new BigDecimal(sorted[below]);
    BigDecimal step = new BigDecimal(sorted[below + 1]).subtract(low);
    return low.add(step.multiply(new BigDecimal(place - below))).doubleValue();
  }
}

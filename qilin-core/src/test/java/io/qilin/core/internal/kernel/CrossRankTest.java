package io.qilin.core.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CrossRankTest {
  private static final int WIDTH = 3000;

  private final CrossRank ranks = new CrossRank(WIDTH);

  @Property(tries = 400)
  void whenAnyRow_thenRanksAreThoseOfCounting(@ForAll long seed) {
    RandomRow rows = new RandomRow(new SplittableRandom(seed));
    int n = rows.size();
    double[] x = rows.of(n);
    double[] out = RandomRow.target(x);

    ranks.rank(x, out, n);

    assertThat(out).containsExactly(naiveRanks(x, n));
  }

  @Property(tries = 400)
  void whenAboutAsLongAsCountedRows_thenRanksAreThoseOfCounting(
      @ForAll long seed, @ForAll @IntRange(max = 12) int more) {
    for (int n : new int[] {more, CountedRow.MOST - 6 + more}) {
      double[] x = new RandomRow(new SplittableRandom(seed)).of(n);
      double[] out = RandomRow.target(x);

      ranks.rank(x, out, n);

      assertThat(out).containsExactly(naiveRanks(x, n));
    }
  }

  @Property(tries = 400)
  void whenSeveralDaysAtOnce_thenRanksAreThoseOfEachDay(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = CountedRow.MOST) int n,
      @ForAll @IntRange(min = 2, max = 5) int power) {
    int days = 1 << power;
    CrossRank together = new CrossRank(n);
    SplittableRandom random = new SplittableRandom(seed);
    for (int row = 0; row < 2; row++) {
      double[] x = new double[days * n];
      for (int day = 0; day < days; day++) {
        System.arraycopy(new RandomRow(random).of(n), 0, x, day * n, n);
      }
      double[] out = row == 0 ? new double[x.length] : x;
      double[] expected = new double[x.length];
      for (int day = 0; day < days; day++) {
        double[] one = Arrays.copyOfRange(x, day * n, (day + 1) * n);
        System.arraycopy(naiveRanks(one, n), 0, expected, day * n, n);
      }

      assertThat(CrossRank.takesDays(n, days)).isTrue();
      together.rankDays(x, out, n, days);

      assertThat(out).containsExactly(expected);
    }
  }

  @Test
  void whenOneDayOrManyInstruments_thenOneByOne() {
    assertThat(CrossRank.takesDays(30, 1)).isFalse();
    assertThat(CrossRank.takesDays(CountedRow.MOST + 1, 8)).isFalse();
  }

  @Property(tries = 400)
  void whenAnyRow_thenBucketsAreThoseOfTheRanks(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int parts) {
    RandomRow rows = new RandomRow(new SplittableRandom(seed));
    int n = rows.size();
    double[] x = rows.of(n);
    double[] out = RandomRow.target(x);
    double[] mirrored = RandomRow.target(x);

    ranks.bucket(x, parts, out, n);
    ranks.bucket(negated(x), parts, mirrored, n);

    double[] expected = naiveRanks(x, n);
    double count = RandomRow.valid(x, n).length;
    for (int i = 0; i < n; i++) {
      long doubled = Math.round(expected[i] * count * 2);
      double place = (doubled - 1) * parts / (2 * count);
      if (Double.isNaN(expected[i])) {
        assertThat(out[i]).isNaN();
        continue;
      }
      assertThat(out[i]).isEqualTo(1 + Math.floor(place));
      if (place != Math.rint(place)) {
        assertThat(mirrored[i]).isEqualTo(parts + 1 - out[i]);
      }
    }
    assertThat(out).endsWith(RandomRow.BEHIND, RandomRow.BEHIND, RandomRow.BEHIND);
  }

  @Property(tries = 200)
  void whenInstrumentsChangePlaces_thenTheirRanksGoWithThem(@ForAll long seed) {
    RandomRow rows = new RandomRow(new SplittableRandom(seed));
    int n = rows.size();
    double[] x = rows.of(n);
    int[] order = rows.order(n);
    double[] out = RandomRow.target(x);
    double[] permuted = RandomRow.target(x);

    ranks.rank(x, out, n);
    ranks.rank(RandomRow.permuted(x, order), permuted, n);

    assertThat(permuted).containsExactly(RandomRow.permuted(out, order));
  }

  @Test
  void whenWrittenOverItsRow_thenTheSame() {
    double[] x = {3, Double.NaN, -0.0, 0, 3, Double.POSITIVE_INFINITY, 1};

    ranks.rank(x, x, 7);

    assertThat(x).containsExactly(0.9, Double.NaN, 0.3, 0.3, 0.9, Double.NaN, 0.6);
  }

  @Test
  void whenTenInFiveParts_thenTwoEach() {
    double[] x = {10, 9, 8, 7, 6, 5, 4, 3, 2, 1};

    ranks.bucket(x, 5, x, 10);

    assertThat(x).containsExactly(5, 5, 4, 4, 3, 3, 2, 2, 1, 1);
  }

  /** All keys are the same and the order of the values is reversed, so that heap sort is needed. */
  @Test
  void whenOnlyTheLastDigitsDiffer_thenStillSorted() {
    for (int n : new int[] {2, 100, 500, 3000}) {
      double[] x = new double[n];
      double[] out = new double[n];
      for (int i = 0; i < n; i++) {
        x[i] = Double.longBitsToDouble(Double.doubleToRawLongBits(7) + n - i);
      }

      ranks.rank(x, out, n);

      for (int i = 0; i < n; i++) {
        assertThat(out[i]).isEqualTo((n - i) / (double) n);
      }
    }
  }

  /** The range of the keys is wide and nearly all share their upper digits, so that the sort over all digits is needed. */
  @Test
  void whenNearlyAllAreClose_thenStillSorted() {
    for (int n : new int[] {100, 500, 3000}) {
      double[] x = new double[n];
      double[] out = new double[n];
      for (int i = 1; i < n; i++) {
        x[i] = 1 - i * 1e-6;
      }

      ranks.rank(x, out, n);

      assertThat(out[0]).isEqualTo(1.0 / n);
      for (int i = 1; i < n; i++) {
        assertThat(out[i]).isEqualTo((n + 1 - i) / (double) n);
      }
    }
  }

  @Test
  void whenLongerRowsFollowShorterOnes_thenNothingOfTheOthersIsLeft() {
    for (int n : new int[] {3, 0, 5, 1, 2, 4}) {
      double[] x = new double[n];
      double[] out = new double[n];
      Arrays.setAll(x, i -> -i);

      ranks.rank(x, out, n);

      assertThat(out).containsExactly(naiveRanks(x, n));
    }
  }

  private static double[] negated(double[] x) {
    double[] out = x.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = -out[i];
    }
    return out;
  }

  private static double[] naiveRanks(double[] x, int n) {
    double[] out = x.clone();
    double[] valid = RandomRow.valid(x, n);
    Arrays.sort(valid);
    for (int i = 0; i < n; i++) {
      double value = x[i];
      long below = Arrays.stream(valid).takeWhile(v -> v < value).count();
      long equal = Arrays.stream(valid).skip(below).takeWhile(v -> v == value).count();
      out[i] = Double.isFinite(value) ? (below + (equal + 1) / 2.0) / valid.length : Double.NaN;
    }
    return out;
  }
}

package io.qilin.mlops.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Small cases worked by hand from the formulas of {@code qlib/data/dataset/processor.py}. */
class ProcessorFormulaTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  /** One feature A, one day a line; what a processor makes of it, row after row. */
  private static double[] made(Processor processor, double[]... days) {
    FittedChain chain = chain(processor).fit(frame(days), all(days.length));
    FeatureRows rows = chain.infer(frame(days), all(days.length));
    double[] values = new double[rows.count()];
    rows.copyRows(0, values.length, values);
    return values;
  }

  private static ProcessorChain chain(Processor processor) {
    return new ProcessorChain(List.of(), List.of(processor), List.of(), ProcessorChain.Flow.APPEND);
  }

  private static DayRange all(int days) {
    return Tables.range(Tables.days(days), 0, days);
  }

  private static FeatureFrame frame(double[]... days) {
    return FeatureFrame.of(Tables.factors(
            List.of("A"),
            Tables.symbols(days[0].length),
            Tables.days(days.length),
            (c, i, d) -> days[d][i]))
        .withRows(Universe.ALL);
  }

  @Test
  void whenRanked_thenTiesShareTheirMeanAndUnknownStays() {
    double[] made = made(new Processor.CsRankNorm(Columns.ALL), new double[] {3, 1, 3, NAN, INF});

    assertThat(made)
        .containsExactly(
            (2.5 / 4 - 0.5) * 3.46,
            (1.0 / 4 - 0.5) * 3.46,
            (2.5 / 4 - 0.5) * 3.46,
            NAN,
            0.5 * 3.46);
  }

  @Test
  void whenZerosOfBothSignsAreRanked_thenTheyAreEqual() {
    assertThat(made(new Processor.CsRankNorm(Columns.ALL), new double[] {-0.0, 0.0}))
        .containsExactly(0.25 * 3.46, 0.25 * 3.46);
  }

  @Test
  void whenScoredByDay_thenTheDeviationIsOfTheSample() {
    double[] made = made(
        new Processor.CsZScoreNorm(Columns.ALL, Processor.CsZScoreNorm.Method.ZSCORE),
        new double[] {1, 2, 3, NAN},
        new double[] {5, NAN, NAN, NAN});

    assertThat(made).containsExactly(-1, 0, 1, NAN, NAN, NAN, NAN, NAN);
  }

  @Test
  void whenScoredRobustly_thenMediansAndClip() {
    double[] made = made(
        new Processor.CsZScoreNorm(Columns.ALL, Processor.CsZScoreNorm.Method.ROBUST),
        new double[] {1, 2, 4, 100, NAN});

    // median 3, absolute differences 2, 1, 1, 97, of which the median is 1.5
    assertThat(made[0]).isCloseTo(-2 / 1.5 / 1.4826, within(1e-15));
    assertThat(made[2]).isCloseTo(1 / 1.5 / 1.4826, within(1e-15));
    assertThat(made[3]).isEqualTo(3);
    assertThat(made[4]).isNaN();
  }

  @Test
  void whenScoredRobustlyWithoutSpread_thenNoValueOrTheEdge() {
    assertThat(made(
            new Processor.CsZScoreNorm(Columns.ALL, Processor.CsZScoreNorm.Method.ROBUST),
            new double[] {1, 1, 1, 2}))
        .containsExactly(NAN, NAN, NAN, 3);
  }

  @Test
  void whenNormalised_thenByTheMomentsOfAllDays() {
    double[] made = made(
        new Processor.ZScoreNorm(Columns.ALL), new double[] {1, 3, NAN}, new double[] {5, 7, 9});

    assertThat(made[0]).isCloseTo((1 - 5) / Math.sqrt(8), within(1e-15));
    assertThat(made[2]).isNaN();
    assertThat(made[5]).isCloseTo((9 - 5) / Math.sqrt(8), within(1e-15));
  }

  @Test
  void whenAColumnIsConstant_thenNormsLeaveItAlone() {
    double[] tenths = {0.1, 0.1, 0.1};

    assertThat(made(new Processor.ZScoreNorm(Columns.ALL), tenths)).containsExactly(0.1, 0.1, 0.1);
    assertThat(made(new Processor.MinMaxNorm(Columns.ALL), tenths)).containsExactly(0.1, 0.1, 0.1);
    assertThat(made(new Processor.RobustZScoreNorm(Columns.ALL, true), tenths))
        .containsExactly(0, 0, 0);
  }

  @Test
  void whenNormalisedRobustly_thenMediansOfAllDaysAndClip() {
    double[] days = {1, 2, 4, 100, -INF};
    double spread = (2 + 1e-12) * 1.4826;

    assertThat(made(new Processor.RobustZScoreNorm(Columns.ALL, true), days))
        .containsExactly(-1 / spread, 0, 2 / spread, 3, -3);
    assertThat(made(new Processor.RobustZScoreNorm(Columns.ALL, false), days))
        .containsExactly(-1 / spread, 0, 2 / spread, 98 / spread, -INF);
  }

  @Test
  void whenScaled_thenFromLeastToLargest() {
    assertThat(
            made(new Processor.MinMaxNorm(Columns.ALL), new double[] {2, NAN}, new double[] {6, 3}))
        .containsExactly(0, NAN, 1, 0.25);
  }

  @Test
  void whenInfinite_thenTheMeanOfTheDay() {
    assertThat(made(new Processor.ProcessInf(), new double[] {1, INF, 3, NAN}, new double[] {
          -INF, NAN, NAN, NAN
        }))
        .containsExactly(1, 2, 3, NAN, NAN, NAN, NAN, NAN);
  }

  @Test
  void whenFilled_thenByAValueOrTheMeanOfTheDay() {
    assertThat(made(new Processor.Fillna(Columns.ALL, 0.5), new double[] {NAN, INF}))
        .containsExactly(0.5, INF);
    assertThat(made(new Processor.CsZFillna(Columns.ALL), new double[] {NAN, 1, 2}, new double[] {
          NAN, NAN, NAN
        }))
        .containsExactly(1.5, 1, 2, NAN, NAN, NAN);
  }

  @Test
  void whenRowsAreDropped_thenThoseWithSomethingUnknown() {
    assertThat(made(new Processor.DropnaProcessor(Columns.FEATURES), new double[] {NAN, 1, INF}))
        .containsExactly(1, INF);
  }

  @Test
  void whenTanh_thenOfOneLess() {
    assertThat(made(new Processor.TanhProcess(), new double[] {1, 2, NAN}))
        .containsExactly(0, StrictMath.tanh(1), NAN);
  }

  @Test
  void whenNothingWasKnown_thenNothingIs() {
    FittedChain chain =
        chain(new Processor.ZScoreNorm(Columns.ALL)).fit(frame(new double[] {NAN, NAN}), all(1));
    double[] out = new double[1];
    chain.infer(new double[] {5}, 1, out, new int[1]);

    assertThat(out[0]).isNaN();
    assertThat(FittedChain.parse(chain.toJson().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(chain);
  }

  @Test
  void whenInfinitiesSpoilAFit_thenItIsRefusedWithTheColumn() {
    for (Processor processor :
        List.of(new Processor.ZScoreNorm(Columns.ALL), new Processor.MinMaxNorm(Columns.ALL))) {
      assertThatThrownBy(() -> made(processor, new double[] {1, INF}))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_QUALITY))
          .hasMessageContaining("'A'")
          .hasMessageContaining("ProcessInf");
    }
  }

  /** Against a sort, with many equal values and bad orders for a selection. */
  @Property(tries = 60)
  void whenAMedianIsSelected_thenItIsThatOfASort(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int count) {
    SplittableRandom random = new SplittableRandom(seed);
    int kinds = 1 + random.nextInt(50);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextInt(4) == 0 ? i : random.nextInt(kinds);
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double expected = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;

    assertThat(Medians.of(values, count)).isEqualTo(expected);
    Arrays.sort(values);
    assertThat(values).containsExactly(sorted);
  }

  /** Against counting, with equal values and values that differ in their last digits only. */
  @Property(tries = 60)
  void whenRanked_thenItIsTheCountOfSmallerValues(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 80) int count) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      double value = random.nextInt(-3, 4);
      int kind = random.nextInt(8);
      values[i] = kind == 0
          ? NAN
          : kind == 1
              ? random.nextDouble(-3, 4)
              : kind < 5 ? value : value + random.nextInt(-3, 4) * Math.ulp(value);
    }
    double[] expected = new double[count];
    for (int i = 0; i < count; i++) {
      double value = values[i];
      long known = Arrays.stream(values).filter(other -> !Double.isNaN(other)).count();
      long smaller = Arrays.stream(values).filter(other -> other < value).count();
      long equal = Arrays.stream(values).filter(other -> other == value).count();
      double rank = smaller + (equal + 1) / 2.0;
      expected[i] = Double.isNaN(value) ? NAN : (rank / known - 0.5) * 3.46;
    }
    new RankNorm(80).apply(values, count);

    assertThat(values).containsExactly(expected);
  }
}

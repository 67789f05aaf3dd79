package io.qilin.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.QilinException;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BacktestOverfittingTest {
  @Test
  void whenEachTrialIsGoodInOneHalfOnly_thenTheChoiceIsAlwaysWrong() {
    ReturnSeries early = SomeReturns.of(0.02, 0.03, -0.02, -0.03);
    ReturnSeries late = SomeReturns.of(-0.02, -0.03, 0.02, 0.03);

    BacktestOverfitting study = BacktestOverfitting.of(List.of(early, late), 2);

    double ratio = 0.025 / Math.sqrt(2 * 0.005 * 0.005);
    assertThat(study.probability()).isEqualTo(1);
    assertThat(study.probabilityOfLoss()).isEqualTo(1);
    assertThat(study.logits())
        .as("rank 1 of 2: ω = 1/3")
        .containsExactly(new double[] {Math.log(0.5), Math.log(0.5)}, within(1e-12));
    assertThat(study.inside()).containsExactly(new double[] {ratio, ratio}, within(1e-12));
    assertThat(study.outside()).containsExactly(new double[] {-ratio, -ratio}, within(1e-12));
    assertThat(study).hasToString("PBO 1.00 (2 choices of 2 blocks, 4 days)");
  }

  @Test
  void whenOneTrialIsBetterAlways_thenTheChoiceIsNeverWrong() {
    BacktestOverfitting study = BacktestOverfitting.of(
        List.of(
            SomeReturns.random(1, 160, 0),
            SomeReturns.random(2, 160, 0.02),
            SomeReturns.random(3, 160, 0)),
        8);

    assertThat(study.probability()).isZero();
    assertThat(study.probabilityOfLoss()).isZero();
    assertThat(study.logits()).hasSize(70).containsOnly(StrictMath.log(3));
  }

  @Test
  void whenTrialsAreNoise_thenTheChoiceIsNoBetterThanLuck() {
    double sum = 0;
    for (int run = 0; run < 30; run++) {
      int seed = 1000 * run;
      List<ReturnSeries> noise = IntStream.range(0, 20)
          .mapToObj(trial -> SomeReturns.random(seed + trial, 200, 0))
          .toList();
      sum += BacktestOverfitting.of(noise, 8).probability();
    }
    assertThat(sum / 30).isBetween(0.35, 0.65);
  }

  @Test
  void whenATrialDoesNotVary_thenItsRatioIsZero() {
    ReturnSeries cash = SomeReturns.of(0, 0, 0, 0);
    ReturnSeries halfInvested = SomeReturns.of(0.1, 0.1, 0.1, 0.3);

    BacktestOverfitting study = BacktestOverfitting.of(List.of(cash, halfInvested), 2);

    assertThat(study.inside()[0]).as("neither varies in the first half").isZero();
    assertThat(study.inside()[1]).isCloseTo(0.2 / Math.sqrt(0.02), within(1e-12));
  }

  @Property(tries = 50)
  void whenComparedWithPlainLoops_thenTheSame(
      @ForAll @IntRange(min = 0, max = 1_000_000) int seed,
      @ForAll @IntRange(min = 2, max = 6) int count) {
    List<ReturnSeries> trials = IntStream.range(0, count)
        .mapToObj(trial -> SomeReturns.random(seed + trial, 37, 0.001))
        .toList();

    BacktestOverfitting study = BacktestOverfitting.of(trials, 4);

    int wrong = 0;
    for (int mask : new int[] {3, 5, 6, 9, 10, 12}) {
      int best = 0;
      for (int t = 1; t < count; t++) {
        best = ratio(trials.get(t), mask) > ratio(trials.get(best), mask) ? t : best;
      }
      double chosen = ratio(trials.get(best), 15 - mask);
      long notBetter =
          trials.stream().filter(t -> ratio(t, 15 - mask) <= chosen).count();
      wrong += notBetter * 2 <= count + 1 ? 1 : 0;
    }
    assertThat(study.probability()).isEqualTo(wrong / 6.0);
  }

  private static double ratio(ReturnSeries trial, int mask) {
    double[] chosen = IntStream.range(0, trial.size())
        .filter(i -> IntStream.range(0, 4)
            .anyMatch(b -> (mask >> b & 1) == 1
                && i >= trial.size() * b / 4
                && i < trial.size() * (b + 1) / 4))
        .mapToDouble(trial::value)
        .toArray();
    return Moments.of(chosen).ratio();
  }

  @Test
  void whenInputIsTooSmall_thenRefused() {
    ReturnSeries one = SomeReturns.random(1, 10, 0);
    assertThatThrownBy(() -> BacktestOverfitting.of(List.of(one), 2))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("two trials");
    for (int blocks : new int[] {0, 3, 22}) {
      assertThatThrownBy(() -> BacktestOverfitting.of(List.of(one, one), blocks))
          .isInstanceOf(QilinException.class)
          .hasMessageContaining("even number");
    }
    assertThatThrownBy(() -> BacktestOverfitting.of(List.of(one, one), 6))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("10 known days in common");
  }
}

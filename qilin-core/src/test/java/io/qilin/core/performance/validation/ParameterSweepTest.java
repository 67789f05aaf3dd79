package io.qilin.core.performance.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import io.qilin.core.performance.DeflatedSharpe;
import io.qilin.core.performance.ReturnSeries;
import io.qilin.core.performance.SharpeEstimate;
import io.qilin.core.performance.SomeReturns;
import io.qilin.core.performance.TrialCount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParameterSweepTest {
  private final List<Integer> forty = IntStream.range(0, 40).boxed().toList();

  /** Every seventh set of parameters cannot be run; the others are noise. */
  private static ReturnSeries run(int parameter, Cancellation cancellation) {
    cancellation.check();
    if (parameter % 7 == 0) {
      throw new ArithmeticException("cannot run " + parameter);
    }
    return SomeReturns.random(parameter, 100, 0);
  }

  @Test
  void whenRunOnManyThreads_thenTheSameAsOnOne() {
    SweepResult<Integer> one =
        ParameterSweep.builder(forty, ParameterSweepTest::run).build().run();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      SweepResult<Integer> many = ParameterSweep.builder(forty, ParameterSweepTest::run)
          .executor(threads)
          .build()
          .run();

      assertThat(many.trials().stream().map(Trial::returns).toList())
          .isEqualTo(one.trials().stream().map(Trial::returns).toList());
      assertThat(many.count()).isEqualTo(one.count());
      assertThat(many.best().map(Trial::number)).isEqualTo(one.best().map(Trial::number));
      assertThat(many.deflatedBest()).isEqualTo(one.deflatedBest());
      assertThat(many.overfitting(8).logits())
          .containsExactly(one.overfitting(8).logits());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whenTrialsFail_thenTheyAreKeptAndCount() {
    SweepResult<Integer> result = ParameterSweep.builder(forty, ParameterSweepTest::run)
        .earlierTrials(60)
        .build()
        .run();

    assertThat(result.failed()).extracting(Trial::parameters).containsExactly(0, 7, 14, 21, 28, 35);
    assertThat(result.failed().get(1).failure().orElseThrow())
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("cannot run 7");
    TrialCount count = result.count();
    assertThat(count.trials()).isEqualTo(100);
    assertThat(count.sharpeVariance())
        .as("about 1 / days for noise")
        .isCloseTo(0.01, within(0.005));
    ReturnSeries best = result.best().flatMap(Trial::returns).orElseThrow();
    assertThat(result.deflatedBest()).isEqualTo(DeflatedSharpe.of(SharpeEstimate.of(best), count));
  }

  @Test
  void whenNoTrialHasARatio_thenThereIsNoBest() {
    SweepResult<Integer> result = ParameterSweep.builder(
            List.of(0, 1), (p, stop) -> p == 0 ? run(0, stop) : SomeReturns.of(0, 0))
        .build()
        .run();

    assertThat(result.best()).isEmpty();
    assertThat(result.count().sharpeVariance()).isNaN();
    assertThatThrownBy(result::deflatedBest).isInstanceOfSatisfying(QilinException.class, e -> {
      assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND);
      assertThat(e).hasMessageContaining("1 of 2 failed");
    });
  }

  @Test
  void whenItRuns_thenProgressIsHeard() {
    List<Long> heard = Collections.synchronizedList(new ArrayList<>());

    ParameterSweep.builder(forty, ParameterSweepTest::run)
        .progress((done, total) -> heard.add(done * 1000 + total))
        .build()
        .run();

    assertThat(heard).hasSize(40).startsWith(1040L).endsWith(40_040L);
  }

  @Test
  void whenCancelled_thenItStops() {
    Cancellation stop = new Cancellation();
    List<Integer> begun = new ArrayList<>();
    ParameterSweep<Integer> sweep = ParameterSweep.builder(
            forty, (Integer parameter, Cancellation cancellation) -> {
              begun.add(parameter);
              if (parameter == 3) {
                cancellation.cancel();
              }
              return run(parameter, cancellation);
            })
        .cancellation(stop)
        .build();

    assertThatThrownBy(sweep::run)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(begun).containsExactly(0, 1, 2, 3);
    assertThatThrownBy(sweep::run).isInstanceOf(QilinException.class);
    assertThat(begun).hasSize(4);
  }

  @Test
  void whenWalkedForward_thenEachTestIsThatOfTheTrialChosenBefore() {
    ReturnSeries early = SomeReturns.of(0.02, 0.03, 0.01, -0.01, -0.02, -0.03);
    ReturnSeries late = SomeReturns.of(-0.02, -0.03, 0.03, 0.02, 0.01, 0.02);
    SweepResult<ReturnSeries> result = ParameterSweep.builder(
            List.of(early, late), (ReturnSeries series, Cancellation stop) -> series)
        .build()
        .run();

    WalkForwardResult<ReturnSeries> walked =
        result.walkForward(WalkForward.rolling(2, 2).splits(early.days()));

    assertThat(walked.chosen()).extracting(Trial::number).containsExactly(0, 1);
    assertThat(walked.returns().values()).containsExactly(0.01, -0.01, 0.01, 0.02);
    assertThat(walked.returns().days()).isEqualTo(early.days().subList(2, 6));
  }

  @Test
  void whenNothingCanBeChosen_thenSaysWhere() {
    SweepResult<Integer> result = ParameterSweep.builder(
            List.of(1), (Integer p, Cancellation stop) -> SomeReturns.of(0, 0, 0, 0))
        .build()
        .run();

    assertThatThrownBy(
            () -> result.walkForward(WalkForward.rolling(2, 2).splits(SomeReturns.days(4))))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("Split 0");
  }

  @Test
  void whenThereIsNothingToTry_thenRefused() {
    assertThatThrownBy(() -> ParameterSweep.builder(List.of(), ParameterSweepTest::run))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(
            () -> ParameterSweep.builder(forty, ParameterSweepTest::run).earlierTrials(-1))
        .isInstanceOf(QilinException.class);
  }
}

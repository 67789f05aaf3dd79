package io.qilin.mlops.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.progress.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PruneJudgeTest {
  private static Reports reports(double... values) {
    Reports reports = new Reports();
    for (int i = 0; i < values.length; i++) {
      reports.add(i + 1L, values[i]);
    }
    return reports;
  }

  private static List<StoredTrial> complete(double[]... trials) {
    List<StoredTrial> all = new ArrayList<>();
    for (double[] values : trials) {
      all.add(StoredTrial.begun(all.size(), new TrialValues(Map.of()))
          .ended(TrialState.COMPLETE, values[values.length - 1], "", reports(values)));
    }
    return all;
  }

  private static final List<StoredTrial> FIVE = complete(
      new double[] {9, 5},
      new double[] {8, 4},
      new double[] {7, 3},
      new double[] {6, 2},
      new double[] {5, 1});

  @Test
  void whenTheBestReportIsWorseThanTheMedian_thenTheTrialStops() {
    PruneJudge judge = new PruneJudge(new Pruner.Median(5, 0), Direction.MINIMIZE, FIVE);

    assertThat(judge.stops(reports(7.1))).isTrue();
    assertThat(judge.stops(reports(7))).isFalse();
    assertThat(judge.stops(reports(2.5, 100))).isFalse();
    assertThat(judge.stops(reports(7, Double.NaN))).isFalse();
    assertThat(judge.stops(reports(Double.NaN))).isFalse();
    assertThat(judge.stops(reports(9, 9, 9))).isFalse();
  }

  @Test
  void whenFewTrialsOrStepsAreKnown_thenTheMedianStopsNothing() {
    assertThat(
            new PruneJudge(new Pruner.Median(6, 0), Direction.MINIMIZE, FIVE).stops(reports(100)))
        .isFalse();
    assertThat(
            new PruneJudge(new Pruner.Median(5, 2), Direction.MINIMIZE, FIVE).stops(reports(100)))
        .isFalse();
    assertThat(new PruneJudge(new Pruner.Median(5, 2), Direction.MINIMIZE, FIVE)
            .stops(reports(100, 100)))
        .isTrue();
  }

  @Test
  void whenMoreIsBetter_thenTheSmallStop() {
    PruneJudge judge = new PruneJudge(new Pruner.Median(5, 0), Direction.MAXIMIZE, FIVE);

    assertThat(judge.stops(reports(6.9))).isTrue();
    assertThat(judge.stops(reports(7))).isFalse();
  }

  @Test
  void whenARungIsReached_thenOnlyTheBestPartGoesOn() {
    PruneJudge judge = new PruneJudge(new Pruner.SuccessiveHalving(1, 3), Direction.MINIMIZE, FIVE);

    assertThat(judge.stops(reports(6))).isFalse();
    assertThat(judge.stops(reports(6.1))).isTrue();
    // Step 2 is no rung (1, 3, 9 are), and at step 3 it is the first to come.
    assertThat(judge.stops(reports(6, 100))).isFalse();
    assertThat(judge.stops(reports(6, 100, 100))).isFalse();
    assertThat(judge.stops(reports(Double.NaN))).isFalse();
  }

  @Test
  void whenFewerThanAFullPartCame_thenOnlyTheBestGoesOn() {
    PruneJudge judge =
        new PruneJudge(new Pruner.SuccessiveHalving(1, 4), Direction.MINIMIZE, FIVE.subList(3, 5));

    assertThat(judge.stops(reports(5))).isFalse();
    assertThat(judge.stops(reports(5.1))).isTrue();
  }

  @Test
  void whenStepsLeapOverRungs_thenEachIsJudgedOnceAndTheLoopEnds() {
    Reports leaping = new Reports();
    leaping.add(0, 1);
    leaping.add(Long.MAX_VALUE, 100);
    PruneJudge judge = new PruneJudge(new Pruner.SuccessiveHalving(1, 2), Direction.MINIMIZE, FIVE);

    assertThat(judge.stops(leaping)).isTrue();
    assertThat(new PruneJudge(new Pruner.SuccessiveHalving(1, 2), Direction.MINIMIZE, List.of())
            .stops(leaping))
        .isFalse();
  }

  @Test
  void whenCurvesAreHalved_thenLessIsTrainedAndTheBestIsStillFound() {
    AtomicLong all = new AtomicLong();
    AtomicLong halved = new AtomicLong();
    double best = search(new Pruner.None(), all);
    double bestHalved = search(new Pruner.SuccessiveHalving(1, 3), halved);

    assertThat(halved.get()).isLessThan(all.get() / 3);
    assertThat(bestHalved).isLessThan(best + 0.05);
  }

  private static double search(Pruner pruner, AtomicLong steps) {
    SearchSpace space = SearchSpace.of(Parameter.real("x", 0, 1));
    StudySettings settings = StudySettings.of(Direction.MINIMIZE, 3)
        .withSampler(new Sampler.RandomSearch())
        .withPruner(pruner);
    return Study.inMemory(space, settings)
        .run(
            trial -> {
              double floor = Math.abs(trial.values().real("x") - 0.4);
              for (int step = 1; step <= 81; step++) {
                steps.incrementAndGet();
                if (!trial.report(step, floor + 1.0 / step)) {
                  return 0;
                }
              }
              return floor + 1.0 / 81;
            },
            TrialBudget.trials(200),
            Runnable::run,
            () -> 0,
            new Cancellation())
        .best()
        .orElseThrow()
        .value();
  }
}

package io.qilin.mlops.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import io.qilin.core.performance.DeflatedSharpe;
import io.qilin.core.performance.SharpeEstimate;
import io.qilin.core.performance.TrialCount;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.store.StoreKind;
import io.qilin.mlops.store.TestStore;
import io.qilin.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class StudyTest {
  private static final Clock CLOCK = SettableClock.at("2024-01-02T15:00:00+08:00");
  private static final SearchSpace SPACE = SearchSpace.of(
      Parameter.choice("booster", "trees", "linear"),
      Parameter.logReal("rate", 1e-4, 1),
      Parameter.logWhole("leaves", 2, 1_024).when("booster", "trees"),
      Parameter.whole("depth", -3, 12).when("booster", "trees"),
      Parameter.real("penalty", 0, 10).when("booster", "linear"));
  private static final StudySettings SETTINGS = StudySettings.of(Direction.MINIMIZE, 7)
      .withSampler(new Sampler.Tpe(8, 24, 1))
      .withPruner(new Pruner.Median(3, 1));

  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** Fails, is stopped early and completes; the same for the same trial. */
  private static double objective(Trial trial) throws Exception {
    TrialValues values = trial.values();
    double loss = Math.abs(Math.log(values.real("rate") / 0.03));
    loss += values.choice("booster").equals("trees")
        ? Math.abs(values.whole("leaves") - 31.0) / 31 + Math.abs(values.whole("depth") - 6.0)
        : 5 + values.real("penalty");
    if (trial.number() % 7 == 3) {
      throw new java.io.IOException("planted");
    }
    for (int step = 1; step <= 4; step++) {
      if (!trial.report(step, loss + 4.0 / step)) {
        return Double.NaN;
      }
    }
    return loss + (trial.seed() & 7) * 1e-6;
  }

  private static StudyResult run(Study study, int trials, Executor executor) {
    return study.run(
        StudyTest::objective, TrialBudget.trials(trials), executor, () -> 0, new Cancellation());
  }

  private static List<TrialResult> alone(int trials) {
    return run(Study.inMemory(SPACE, SETTINGS), trials, Runnable::run).trials();
  }

  @Test
  void whenTrialsRunInParallel_thenTheStudyIsTheSame() {
    assertThat(run(Study.inMemory(SPACE, SETTINGS), 60, threads).trials()).isEqualTo(alone(60));
  }

  @Test
  void whenAStudyEnds_thenEveryKindOfEndIsCountedAndTheBestIsGood() {
    StudyResult result = run(Study.inMemory(SPACE, SETTINGS), 60, threads);

    assertThat(result.stop()).isEqualTo(StudyResult.Stop.TRIALS);
    assertThat(result.count(TrialState.FAILED)).isEqualTo(9);
    assertThat(result.count(TrialState.PRUNED)).isPositive();
    assertThat(result.count(TrialState.COMPLETE)).isGreaterThan(20);
    assertThat(result.trials().get(3).failure()).contains("IOException").contains("planted");
    TrialResult best = result.best().orElseThrow();
    assertThat(best.values().choice("booster")).isEqualTo("trees");
    assertThat(result.trials().stream()
            .filter(trial -> trial.state() == TrialState.COMPLETE)
            .mapToDouble(TrialResult::value)
            .min())
        .hasValue(best.value());
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenAStudyGoesOnInParts_thenItIsTheSame(StoreKind kind, @TempDir Path folder) {
    try (TestStore store = kind.open(folder)) {
      Database database = store.database();
      for (int trials : new int[] {1, 6, 6, 23, 40}) {
        run(Study.open(database, "s", SPACE, SETTINGS, CLOCK), trials, threads);
      }
      assertThat(Study.open(database, "s", SPACE, SETTINGS, CLOCK).trials()).isEqualTo(alone(40));
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenTheProcessDiesInABatch_thenItsTrialsAreRunAgainAndTheStudyIsTheSame(
      StoreKind kind, @TempDir Path folder) {
    try (TestStore store = kind.open(folder)) {
      Database database = store.database();
      AtomicInteger calls = new AtomicInteger();
      Study dying = Study.open(database, "s", SPACE, SETTINGS, CLOCK);
      Executor taken = task -> {
        if (calls.incrementAndGet() == 19) {
          throw new RejectedExecutionException("the process dies here");
        }
        task.run();
      };
      refused(ErrorCode.RESOURCE_EXHAUSTED, () -> run(dying, 40, taken));
      assertThat(dying.trials().stream()
              .filter(trial -> trial.state() == TrialState.RUNNING)
              .map(TrialResult::number))
          .containsExactly(18);

      run(Study.open(database, "s", SPACE, SETTINGS, CLOCK), 40, threads);

      assertThat(Study.open(database, "s", SPACE, SETTINGS, CLOCK).trials()).isEqualTo(alone(40));
      refused(ErrorCode.CONFLICT, () -> run(dying, 40, threads));
    }
  }

  @Test
  void whenAStudyIsOpenedAgain_thenTheOneBeforeCanWriteNothing(@TempDir Path folder) {
    try (Database database = Database.sqlite(folder.resolve("study.db"))) {
      Study first = Study.open(database, "s", SPACE, SETTINGS, CLOCK);
      run(first, 8, threads);
      Study second = Study.open(database, "s", SPACE, SETTINGS, CLOCK);
      refused(ErrorCode.CONFLICT, () -> run(first, 40, threads));
      assertThat(run(second, 40, threads).trials()).isEqualTo(alone(40));
    }
  }

  @Test
  void whenSpaceOrSettingsDiffer_thenTheStudyIsNotMixed(@TempDir Path folder) {
    try (Database database = Database.sqlite(folder.resolve("study.db"))) {
      Study.open(database, "s", SPACE, SETTINGS, CLOCK);
      List<StudySettings> others = List.of(
          StudySettings.of(Direction.MAXIMIZE, 7),
          SETTINGS.withBatch(5),
          SETTINGS.withPruner(new Pruner.None()),
          SETTINGS.withSampler(new Sampler.RandomSearch()));
      for (StudySettings other : others) {
        refused(ErrorCode.CONFLICT, () -> Study.open(database, "s", SPACE, other, CLOCK));
      }
      SearchSpace space = SearchSpace.of(Parameter.real("rate", 0, 1));
      refused(ErrorCode.CONFLICT, () -> Study.open(database, "s", space, SETTINGS, CLOCK));
      refused(ErrorCode.INVALID_ARGUMENT, () -> Study.open(database, " ", SPACE, SETTINGS, CLOCK));
      refused(
          ErrorCode.INVALID_ARGUMENT, () -> Study.open(database, "\uD800", SPACE, SETTINGS, CLOCK));
      Study.open(database, "s", SPACE, SETTINGS, CLOCK);
    }
  }

  @Test
  void whenTheTimeIsOver_thenNoBatchBeginsAndBegunTrialsEnd() {
    AtomicLong nanos = new AtomicLong();
    Study study = Study.inMemory(SPACE, SETTINGS);
    StudyResult result = study.run(
        trial -> {
          nanos.addAndGet(Duration.ofSeconds(1).toNanos());
          return 1;
        },
        new TrialBudget(100, Duration.ofSeconds(6)),
        Runnable::run,
        nanos::get,
        new Cancellation());

    assertThat(result.stop()).isEqualTo(StudyResult.Stop.TIME);
    assertThat(result.count(TrialState.COMPLETE)).isEqualTo(8);
    assertThat(result.trials()).hasSize(8);
  }

  @Test
  void whenAStudyIsCancelled_thenTrialsThatHadNotEndedAreRunAgainLater() {
    Study study = Study.inMemory(SPACE, SETTINGS);
    Cancellation cancellation = new Cancellation();
    StudyResult result = study.run(
        trial -> {
          if (trial.number() == 9) {
            cancellation.cancel();
          }
          trial.cancellation().check();
          return objective(trial);
        },
        TrialBudget.trials(40),
        Runnable::run,
        () -> 0,
        cancellation);

    assertThat(result.stop()).isEqualTo(StudyResult.Stop.CANCELLED);
    assertThat(result.count(TrialState.RUNNING)).isEqualTo(3);
    assertThat(run(study, 40, threads).trials()).isEqualTo(alone(40));
  }

  @Test
  void whenTheWaitingThreadIsInterrupted_thenTheStudyIsCancelled() throws Exception {
    Study study = Study.inMemory(SPACE, SETTINGS);
    CountDownLatch begun = new CountDownLatch(4);
    CountDownLatch never = new CountDownLatch(1);
    List<Object> seen = new ArrayList<>();
    Thread waiting = new Thread(() -> {
      StudyResult result = study.run(
          trial -> {
            begun.countDown();
            while (true) {
              trial.cancellation().check();
              never.await(1, TimeUnit.MILLISECONDS);
            }
          },
          TrialBudget.trials(40),
          threads,
          () -> 0,
          new Cancellation());
      seen.add(result.stop());
      seen.add(Thread.currentThread().isInterrupted());
    });
    waiting.start();
    begun.await();
    refused(ErrorCode.CONFLICT, () -> run(study, 1, Runnable::run));
    waiting.interrupt();
    waiting.join();

    assertThat(seen).containsExactly(StudyResult.Stop.CANCELLED, true);
  }

  @Test
  void whenObjectivesMisbehave_thenTheirTrialsFailAndTheStudyGoesOn() {
    List<Objective> bad = List.of(
        trial -> Double.NaN,
        trial -> Double.POSITIVE_INFINITY,
        trial -> {
          throw new StackOverflowError();
        },
        trial -> {
          throw new OutOfMemoryError("planted");
        },
        trial -> {
          throw new QilinException(ErrorCode.CANCELLED, "nobody asked");
        },
        trial -> trial.values().real("no such"),
        trial -> trial.values().whole("rate"),
        trial -> {
          trial.report(5, 1);
          trial.report(5, 1);
          return 1;
        },
        trial -> {
          for (int i = 0; ; i++) {
            trial.report(i, 1);
          }
        },
        trial -> {
          throw new AssertionError("\0\uD800".repeat(10_000));
        });
    StudyResult result = Study.inMemory(SPACE, SETTINGS)
        .run(
            trial -> bad.get(trial.number()).evaluate(trial),
            TrialBudget.trials(bad.size()),
            threads,
            () -> 0,
            new Cancellation());

    assertThat(result.count(TrialState.FAILED)).isEqualTo(bad.size());
    assertThat(result.best()).isEmpty();
    assertThat(result.trialCount()).isEqualTo(new TrialCount(bad.size(), Double.NaN));
    assertThat(result.trials())
        .allSatisfy(trial ->
            assertThat(trial.failure()).isNotEmpty().hasSizeLessThan(5_000).doesNotContain("\0"));
  }

  @Test
  void whenARatioIsSearched_thenAllTrialsDeflateIt() {
    SearchSpace space = SearchSpace.of(Parameter.real("x", 0, 1));
    StudyResult result = Study.inMemory(space, StudySettings.of(Direction.MAXIMIZE, 1))
        .run(
            trial -> trial.number() == 5 ? Double.NaN : 0.02 * trial.values().real("x"),
            TrialBudget.trials(50),
            Runnable::run,
            () -> 0,
            new Cancellation());
    double best = result.best().orElseThrow().value();
    double[] values = result.trials().stream()
        .filter(trial -> trial.state() == TrialState.COMPLETE)
        .mapToDouble(TrialResult::value)
        .toArray();
    double mean = java.util.Arrays.stream(values).average().orElseThrow();
    double variance =
        java.util.Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum()
            / (values.length - 1);

    TrialCount trials = result.trialCount();
    assertThat(trials.trials()).isEqualTo(50);
    assertThat(trials.sharpeVariance())
        .isCloseTo(variance, org.assertj.core.api.Assertions.withinPercentage(1e-9));
    SharpeEstimate estimate = new SharpeEstimate(best, 0, 3, 500);
    assertThat(DeflatedSharpe.of(estimate, trials).probability())
        .isLessThan(DeflatedSharpe.of(estimate, TrialCount.ONE).probability());
  }

  @Test
  void whenLittleIsBest_thenConditionsHoldAndRangesAreKept() {
    for (TrialResult trial : alone(100)) {
      TrialValues values = trial.values();
      boolean trees = values.choice("booster").equals("trees");
      assertThat(values.has("leaves")).isEqualTo(trees);
      assertThat(values.has("depth")).isEqualTo(trees);
      assertThat(values.has("penalty")).isEqualTo(!trees);
      assertThat(values.real("rate")).isBetween(1e-4, 1.0);
      if (trees) {
        assertThat(values.whole("leaves")).isBetween(2L, 1_024L);
        assertThat(values.whole("depth")).isBetween(-3L, 12L);
      }
    }
    assertThat(alone(100).stream().map(TrialResult::values).collect(Collectors.toSet()))
        .hasSizeGreaterThan(90);
  }

  private static void refused(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}

package io.qilin.mlops.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.Predictor;
import io.qilin.mlops.bundle.GoldenRows;
import io.qilin.testkit.Await;
import io.qilin.testkit.SettableClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is served when versions come, go, fail and mend. */
@Timeout(300)
class ServingPredictorTest {
  private static final double[] ROW = {7, 0};

  private final FakeRegistry registry = new FakeRegistry();
  private final AtomicLong nanos = new AtomicLong();
  private final List<FakeModel> models = new ArrayList<>();
  private final List<ServingEvent> events = new ArrayList<>();
  private final ServingPredictor.Builder builder = ServingPredictor.builder(
          registry, "m", this::model, SettableClock.at("2024-01-02T15:00:00+08:00"), nanos::get)
      .listener(events::add);

  private FakeModel model(ModelVersion version) {
    FakeModel model = new FakeModel(version);
    models.add(model);
    return model;
  }

  @AfterEach
  void nothingWasMisused() {
    assertThat(models).allSatisfy(model -> {
      assertThat(model.misused).hasValue(0);
      assertThat(model.closed.get()).isLessThanOrEqualTo(1);
    });
  }

  private static double score(ServingPredictor serving) {
    double[] scores = {-1, -2};
    serving.predict(ROW, 1, scores);
    assertThat(scores[1]).as("the place after the last row stays").isEqualTo(-2);
    return scores[0];
  }

  private List<ServingEvent.Kind> kinds() {
    return events.stream().map(ServingEvent::kind).toList();
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  @Test
  void whenNothingIsInProduction_thenCallsAreRefusedUntilThereIs() {
    try (ServingPredictor serving = builder.open()) {
      assertRefused(ErrorCode.DATA_NOT_FOUND, () -> score(serving));
      assertRefused(ErrorCode.DATA_NOT_FOUND, serving::signature);
      assertThat(serving.status().serving()).isEmpty();

      registry.promote(1);
      serving.refresh();

      assertThat(score(serving)).isEqualTo(1_007);
      assertThat(serving.signature()).isEqualTo(FakeRegistry.SIGNATURE);
    }
  }

  @Test
  void whenAnotherVersionIsPromoted_thenItServesAndTheOldOneStandsBy() {
    registry.promote(1);
    try (ServingPredictor serving = builder.open()) {
      registry.promote(2);
      assertThat(score(serving)).as("before the refresh").isEqualTo(1_007);

      ServingStatus status = serving.refresh();

      assertThat(score(serving)).isEqualTo(2_007);
      assertThat(status.serving()).contains(new ModelId("m", 2));
      assertThat(status.standby()).contains(new ModelId("m", 1));
      assertThat(status.degraded()).isFalse();
      assertThat(models.get(0).closed).hasValue(0);
      registry.promote(3);
      serving.refresh();
      assertThat(score(serving)).isEqualTo(3_007);
      assertThat(models.get(0).closed).as("two promotions ago").hasValue(1);
    }
    assertThat(models).hasSize(3).allSatisfy(model -> assertThat(model.closed).hasValue(1));
    assertThat(kinds())
        .containsExactly(
            ServingEvent.Kind.SERVING, ServingEvent.Kind.SERVING, ServingEvent.Kind.SERVING);
  }

  @Test
  void whenNothingHasChanged_thenARefreshOpensNothing() {
    registry.promote(1);
    try (ServingPredictor serving = builder.open()) {
      serving.refresh();
      serving.refresh();

      assertThat(models).hasSize(1);
      assertThat(events).hasSize(1);
    }
  }

  @Test
  void whenServingStarts_thenThePreviousVersionIsOpenedToo() {
    registry.set(5, 3);
    try (ServingPredictor serving = builder.open()) {
      assertThat(serving.status().standby()).contains(new ModelId("m", 3));
      models.get(0).failure = new ArithmeticException("planted");

      assertThat(score(serving)).isEqualTo(3_007);
    }
  }

  @Test
  void whenItIsRolledBack_thenTheStandbyServesAtOnce() {
    registry.promote(1);
    try (ServingPredictor serving = builder.open()) {
      registry.promote(2);
      serving.refresh();
      registry.set(1, 0);
      serving.refresh();

      assertThat(score(serving)).isEqualTo(1_007);
      assertThat(models).hasSize(2);
      assertThat(models.get(1).closed).hasValue(1);
      assertThat(serving.status().standby()).isEmpty();
    }
  }

  @Test
  void whenProductionIsEmptied_thenNothingIsServed() {
    registry.promote(1);
    try (ServingPredictor serving = builder.open()) {
      registry.set(0, 1);
      serving.refresh();

      assertRefused(ErrorCode.DATA_NOT_FOUND, () -> score(serving));
      assertThat(models.get(0).closed).hasValue(1);
      assertThat(kinds()).endsWith(ServingEvent.Kind.WITHDRAWN);
      registry.set(2, 1);
      serving.refresh();
      assertThat(score(serving)).isEqualTo(2_007);
    }
  }

  @Test
  void whenTheProductionVersionFails_thenTheStandbyAnswersUntilItIsMended() {
    registry.promote(1);
    try (ServingPredictor serving = builder.open()) {
      registry.promote(2);
      serving.refresh();
      FakeModel second = models.get(1);
      second.failure = new ArithmeticException("planted");

      assertThat(score(serving)).isEqualTo(1_007);
      assertThat(serving.status().degraded()).isTrue();
      assertThat(serving.status().serving()).contains(new ModelId("m", 1));
      assertThat(kinds()).endsWith(ServingEvent.Kind.FELL_BACK);
      assertThat(events.get(events.size() - 1).error()).contains(ErrorCode.MODEL_OUTPUT);
      int told = events.size();
      assertThat(score(serving)).isEqualTo(1_007);
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      assertThat(score(serving)).as("tried again, and failed again").isEqualTo(1_007);
      second.failure = null;
      nanos.addAndGet(Duration.ofSeconds(2).toNanos() - 1);
      assertThat(score(serving)).as("left alone for twice as long").isEqualTo(1_007);
      assertThat(events).hasSize(told);
      nanos.incrementAndGet();

      assertThat(score(serving)).isEqualTo(2_007);

      assertThat(kinds()).endsWith(ServingEvent.Kind.RECOVERED);
      assertThat(serving.status().degraded()).isFalse();
      assertThat(serving.latency().standby()).isEqualTo(4);
      assertThat(serving.latency().failures()).isZero();
    }
  }

  @Test
  void whenAScoreIsNoScore_thenTheStandbyAnswers() {
    registry.promote(1);
    try (ServingPredictor serving = builder.open()) {
      registry.promote(2);
      serving.refresh();
      models.get(1).spoils = true;
      for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
        models.get(1).spoiled = wrong;
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(score(serving)).isEqualTo(1_007);
      }
      models.get(1).spoiled = Double.NaN;
      nanos.addAndGet(Duration.ofHours(1).toNanos());
      double[] scores = new double[1];

      ModelVersion by = serving.score(new double[] {7, Double.NaN}, 1, scores);

      assertThat(by.id().version())
          .as("a value is not known, so NaN is a score")
          .isEqualTo(2);
      assertThat(scores[0]).isNaN();
    }
  }

  @Test
  void whenThereIsNoStandby_thenAFailureIsTheCallers() {
    registry.promote(1);
    try (ServingPredictor serving = builder.withoutStandby().open()) {
      registry.promote(2);
      serving.refresh();
      assertThat(models.get(0).closed).hasValue(1);
      models.get(1).failure = new StackOverflowError("planted");

      assertRefused(ErrorCode.MODEL_OUTPUT, () -> score(serving));
      assertThat(serving.latency().failures()).isEqualTo(1);
      models.get(1).failure = null;
      assertThat(score(serving)).isEqualTo(2_007);
    }
  }

  @Test
  void whenBothFail_thenTheFailureIsTheCallers() {
    registry.promote(1);
    try (ServingPredictor serving = builder.open()) {
      registry.promote(2);
      serving.refresh();
      models.get(0).failure = new QilinException(ErrorCode.MODEL_OUTPUT, "planted");
      models.get(1).failure = new ArithmeticException("planted");

      assertRefused(ErrorCode.MODEL_OUTPUT, () -> score(serving));
    }
  }

  @Test
  void whenTheCallerIsWrong_thenTheVersionIsNotToBlame() {
    registry.promote(1);
    try (ServingPredictor serving = builder.open()) {
      registry.promote(2);
      serving.refresh();
      double[] one = new double[1];

      assertRefused(ErrorCode.MODEL_MISMATCH, () -> serving.predict(ROW, 2, new double[2]));
      assertRefused(ErrorCode.MODEL_MISMATCH, () -> serving.predict(ROW, 1, new double[0]));
      assertRefused(ErrorCode.MODEL_MISMATCH, () -> serving.predict(ROW, -1, one));
      assertRefused(
          ErrorCode.MODEL_MISMATCH, () -> serving.predict(new double[4], Integer.MAX_VALUE, one));
      assertRefused(
          ErrorCode.MODEL_MISMATCH,
          () -> serving.predict(new double[] {Double.NEGATIVE_INFINITY, 0}, 1, one));
      serving.predict(new double[0], 0, new double[0]);

      assertThat(serving.status().degraded()).isFalse();
      assertThat(score(serving)).isEqualTo(2_007);
    }
  }

  @Test
  void whenACallThatTriesAgainIsItselfWrong_thenTheNextOneTries() {
    registry.promote(1);
    try (ServingPredictor serving = builder.open()) {
      registry.promote(2);
      serving.refresh();
      models.get(1).failure = new ArithmeticException("planted");
      score(serving);
      models.get(1).failure = null;
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());

      assertRefused(ErrorCode.MODEL_MISMATCH, () -> serving.predict(ROW, 2, new double[2]));

      assertThat(score(serving)).isEqualTo(2_007);
    }
  }

  @Test
  void whenANewVersionDoesNotGiveItsGoldenScores_thenTheOldOneGoesOn() {
    GoldenRows good = GoldenRows.of(ROW.length, ROW, new double[] {1_007}, 0);
    builder.golden(version -> Optional.of(good));
    registry.promote(1);
    try (ServingPredictor serving = builder.open()) {
      registry.promote(2);

      ServingStatus status = serving.refresh();

      assertThat(score(serving)).isEqualTo(1_007);
      assertThat(status.degraded()).isTrue();
      assertThat(status.production()).contains(new ModelId("m", 2));
      assertThat(status.serving()).contains(new ModelId("m", 1));
      assertThat(status.reason())
          .contains("the model gives 2007.0 for golden row 1 instead of 1007.0");
      assertThat(models.get(1).closed).hasValue(1);
      serving.refresh();
      assertThat(models).as("not tried again at once").hasSize(2);
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      serving.refresh();
      assertThat(models).hasSize(3);
      builder.golden(version -> Optional.empty());
      registry.promote(3);
    }
    assertThat(kinds())
        .containsExactly(
            ServingEvent.Kind.SERVING, ServingEvent.Kind.REFUSED, ServingEvent.Kind.REFUSED);
  }

  @Test
  void whenARefusedVersionCanBeOpenedLater_thenItServes() {
    registry.promote(1);
    boolean[] broken = {true};
    ServingPredictor.Builder fragile = ServingPredictor.builder(
        registry,
        "m",
        version -> {
          if (broken[0] && version.id().version() == 2) {
            throw new LinkageError("planted");
          }
          return model(version);
        },
        SettableClock.at("2024-01-02T15:00:00+08:00"),
        nanos::get);
    try (ServingPredictor serving = fragile.open()) {
      registry.promote(2);
      assertThat(serving.refresh().degraded()).isTrue();
      broken[0] = false;
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());

      assertThat(serving.refresh().degraded()).isFalse();

      assertThat(score(serving)).isEqualTo(2_007);
    }
  }

  @Test
  void whenTheFirstVersionIsRefusedAtTheStart_thenThePreviousOneServes() {
    registry.set(2, 1);
    ServingPredictor.Builder fragile = ServingPredictor.builder(
        registry,
        "m",
        version -> {
          if (version.id().version() == 2) {
            throw new ArithmeticException("planted");
          }
          return model(version);
        },
        SettableClock.at("2024-01-02T15:00:00+08:00"),
        nanos::get);
    try (ServingPredictor serving = fragile.open()) {
      assertThat(score(serving)).isEqualTo(1_007);
      assertThat(serving.status().degraded()).isTrue();
    }
  }

  @Test
  void whenANewVersionTakesOtherFeatures_thenItIsRefused() {
    registry.promote(1);
    try (ServingPredictor serving = builder.open()) {
      registry.promote(FakeRegistry.version(
          2, new ModelSignature(List.of("b", "a"), ModelSignature.Missing.NO_SCORE)));

      assertThat(serving.refresh().reason()).contains("another order");

      assertThat(score(serving)).isEqualTo(1_007);
      assertThat(models).hasSize(1);
    }
  }

  @Test
  void whenTheRegistryCannotBeAsked_thenWhatServesGoesOn() {
    registry.promote(1);
    try (ServingPredictor serving = builder.open()) {
      registry.failure = new QilinException(ErrorCode.STORE_UNAVAILABLE, "planted");
      assertRefused(ErrorCode.STORE_UNAVAILABLE, serving::refresh);
      registry.failure = new ArithmeticException("planted");
      assertRefused(ErrorCode.SYSTEM, serving::refresh);

      assertThat(score(serving)).isEqualTo(1_007);
      assertThat(serving.status().degraded()).isTrue();
      assertThat(kinds()).endsWith(ServingEvent.Kind.REFRESH_FAILED);
      registry.failure = null;
      assertThat(serving.refresh().degraded()).isFalse();
    }
    registry.failure = new QilinException(ErrorCode.STORE_UNAVAILABLE, "planted");
    assertRefused(ErrorCode.STORE_UNAVAILABLE, builder::open);
  }

  @Test
  void whenTheRegistryTellsOfAChange_thenItIsFollowedOnTheExecutor() {
    Deque<Runnable> tasks = new ArrayDeque<>();
    registry.promote(1);
    ServingPredictor serving = builder.refreshOn(tasks::add).open();
    registry.promote(2);
    registry.promote(3);
    assertThat(tasks).as("two events, one refresh").hasSize(1);
    assertThat(score(serving)).isEqualTo(1_007);

    tasks.remove().run();

    assertThat(score(serving)).isEqualTo(3_007);
    assertThat(models.get(0).closed).as("closing waits for the executor").hasValue(0);
    assertThat(tasks).hasSize(1);
    serving.close();
    assertThat(models).allSatisfy(model -> assertThat(model.closed).hasValue(1));
    tasks.remove().run();
    assertThat(registry.listeners()).isZero();
  }

  @Test
  void whenTheExecutorTakesNoTasks_thenItIsToldAndNothingIsLost() {
    registry.promote(1);
    ServingPredictor serving = builder
        .refreshOn(task -> {
          throw new RejectedExecutionException("planted");
        })
        .open();
    registry.promote(2);
    assertThat(kinds()).endsWith(ServingEvent.Kind.REFRESH_FAILED);
    registry.promote(3);

    serving.refresh();

    assertThat(score(serving)).isEqualTo(3_007);
    assertThat(models.get(0).closed).as("closed where there is no executor").hasValue(1);
    serving.close();
  }

  @Test
  void whenItPolls_thenAnotherProcessesPromotionIsSeen() throws Exception {
    registry.promote(1);
    CountDownLatch seen = new CountDownLatch(2);
    ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    try (ServingPredictor serving = builder
        .listener(event -> seen.countDown())
        .pollEvery(scheduler, Duration.ofMillis(1))
        .open()) {
      registry.promote(2);

      assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(score(serving)).isEqualTo(2_007);
    } finally {
      scheduler.shutdown();
    }
    assertThat(scheduler.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whenItIsClosed_thenRunningCallsEndFirst() throws Exception {
    registry.promote(1);
    ServingPredictor serving = builder.open();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    models.get(0).during = () -> {
      inside.countDown();
      await(goOn);
    };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Double> call = threads.submit(() -> score(serving));
      inside.await();
      Future<?> closing = threads.submit(serving::close);
      // The call ends only after the serving is closed to others.
      Await.until("the serving is closed to others", () -> isClosed(serving));
      assertThat(models.get(0).closed).hasValue(0);
      goOn.countDown();

      assertThat(call.get()).isEqualTo(1_007);
      closing.get();
      assertThat(models.get(0).closed).hasValue(1);
    } finally {
      threads.shutdownNow();
    }
    serving.close();
    assertRefused(ErrorCode.INVALID_ARGUMENT, () -> score(serving));
    assertRefused(ErrorCode.INVALID_ARGUMENT, serving::refresh);
    assertRefused(ErrorCode.INVALID_ARGUMENT, serving::signature);
  }

  /** Asks what a call asks first, without a call that would wait itself. */
  private static boolean isClosed(ServingPredictor serving) {
    try {
      serving.signature();
      return false;
    } catch (QilinException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
      return true;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whenAListenerOrAClosingFails_thenServingGoesOn() {
    List<ServingEvent.Kind> told = new ArrayList<>();
    ServingPredictor.Builder fragile = ServingPredictor.builder(
            registry,
            "m",
            version -> new FailingToClose(model(version)),
            SettableClock.at("2024-01-02T15:00:00+08:00"),
            nanos::get)
        .withoutStandby()
        .listener(event -> {
          told.add(event.kind());
          throw new ArithmeticException("planted");
        });
    registry.promote(1);
    try (ServingPredictor serving = fragile.open()) {
      registry.promote(2);
      serving.refresh();
      assertThat(score(serving)).isEqualTo(2_007);
    }
    assertThat(told).contains(ServingEvent.Kind.CLOSE_FAILED);
  }

  /** Closes, and throws. */
  private record FailingToClose(FakeModel model) implements Predictor {
    @Override
    public ModelSignature signature() {
      return model.signature();
    }

    @Override
    public void predict(double[] rows, int count, double[] scores) {
      model.predict(rows, count, scores);
    }

    @Override
    public void close() {
      model.close();
      throw new ArithmeticException("planted");
    }
  }

  @Test
  void whenSettingsAreOutOfRange_thenTheyAreRefused() {
    assertRefused(
        ErrorCode.INVALID_ARGUMENT, () -> builder.retry(Duration.ZERO, Duration.ofSeconds(1)));
    assertRefused(
        ErrorCode.INVALID_ARGUMENT,
        () -> builder.retry(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    scheduler.shutdown();
    assertRefused(ErrorCode.INVALID_ARGUMENT, () -> builder.pollEvery(scheduler, Duration.ZERO));
    registry.promote(1);
    assertRefused(
        ErrorCode.INVALID_ARGUMENT,
        () -> builder.pollEvery(scheduler, Duration.ofSeconds(1)).open());
    assertThat(models)
        .singleElement()
        .satisfies(model -> assertThat(model.closed).hasValue(1));
  }

  @Test
  void whenTheOpenerGivesNothingOrAnotherModel_thenItIsRefused() {
    registry.promote(1);
    ServingPredictor.Builder other = ServingPredictor.builder(
        registry,
        "m",
        version -> model(FakeRegistry.version(
            1, new ModelSignature(List.of("a"), ModelSignature.Missing.NO_SCORE))),
        SettableClock.at("2024-01-02T15:00:00+08:00"),
        nanos::get);
    try (ServingPredictor serving = other.open()) {
      assertRefused(ErrorCode.DATA_NOT_FOUND, () -> score(serving));
      assertThat(serving.status().reason()).contains("unknown none");
    }
    assertThat(models)
        .singleElement()
        .satisfies(model -> assertThat(model.closed).hasValue(1));
  }
}

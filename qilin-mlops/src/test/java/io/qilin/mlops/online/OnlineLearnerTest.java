package io.qilin.mlops.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.drift.Adwin;
import io.qilin.mlops.online.OnlineUpdate.Outcome;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.store.StoreKind;
import io.qilin.mlops.store.TestStore;
import io.qilin.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleConsumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnlineLearnerTest {
  private static final Instant OPENING = Instant.parse("2024-01-02T01:30:00Z");
  private static final Duration HORIZON = Duration.ofDays(1);

  @TempDir
  Path folder;

  private final SettableClock clock = SettableClock.at(OPENING);
  private Database database;

  @BeforeEach
  void open() {
    database = Database.sqlite(folder.resolve("store.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private OnlineLearner learner(OnlineSettings settings) {
    return learner(database, settings, loss -> {});
  }

  private OnlineLearner learner(Database in, OnlineSettings settings, DoubleConsumer losses) {
    return OnlineLearner.open(
        in, "m", LinearSgd.of(2, 0.1), LinearSgd::restored, settings, clock, losses);
  }

  /** The truth is label = slope · x0 − x1. */
  private record World(double slope, SplittableRandom chance) {
    World(double slope, long seed) {
      this(slope, new SplittableRandom(seed));
    }
  }

  /** Offers so many samples, waits until their labels are known, and gives them. */
  private double[] day(OnlineLearner learner, World world, String name, int count) {
    List<Sample> samples = new ArrayList<>();
    List<MaturedLabel> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double x0 = world.chance().nextGaussian();
      double x1 = world.chance().nextGaussian();
      String id = name + "-" + i;
      samples.add(Sample.of(id, clock.instant(), x0, x1));
      labels.add(new MaturedLabel(id, world.slope() * x0 - x1, clock.instant().plus(HORIZON)));
    }
    double[] scores = learner.offer(samples);
    clock.advance(HORIZON);
    assertThat(learner.label(labels)).isEqualTo(count);
    return scores;
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whenLabelsMature_thenTheModelLearnsAndServesBetter() {
    OnlineLearner learner = learner(OnlineSettings.EVERY_100);
    World world = new World(2, 1);
    double[] first = day(learner, world, "d0", 100);
    assertThat(first).containsOnly(0);
    OnlineUpdate update = learner.update().orElseThrow();
    assertThat(update.outcome()).isEqualTo(Outcome.DEPLOYED);
    assertThat(update.trained()).isEqualTo(80);
    assertThat(update.heldOut()).isEqualTo(20);
    assertThat(update.candidateLoss()).isLessThan(update.baseLoss());
    assertThat(learner.status().matured()).isEqualTo(20);
    assertThat(learner.status().servingVersion()).isEqualTo(2);
    assertThat(learner.update()).isEmpty();

    double before = learner.status().meanLoss();
    day(learner, world, "d1", 100);
    assertThat(learner.status().meanLoss()).isLessThan(before);
    assertThat(learner.status().scored()).isEqualTo(200);
    assertThat(learner.update().orElseThrow().trained()).isEqualTo(96);
    assertThat(learner.updates(10)).extracting(OnlineUpdate::number).containsExactly(2L, 1L);
    assertThat(update.json()).contains("\"outcome\": \"deployed\"");
  }

  @Test
  void whenTheCandidateIsWorse_thenAllStaysAndNothingIsLost() {
    OnlineLearner learner = learner(OnlineSettings.EVERY_100);
    World world = new World(2, 1);
    day(learner, world, "d0", 200);
    learner.update();
    byte[] serving = learner.servingState();
    // Eighty samples of an inverted world first, then twenty of the old one: what is learnt fails
    // at once.
    day(learner, new World(-8, 2), "bad", 90);
    day(learner, world, "good", 40);
    long matured = learner.status().matured();
    OnlineUpdate update = learner.update().orElseThrow();
    assertThat(update.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(update.version()).isZero();
    assertThat(learner.servingState()).isEqualTo(serving);
    assertThat(learner.status().matured()).isEqualTo(matured);
    assertThat(learner.status().servingVersion()).isEqualTo(2);
  }

  @Test
  void whenTrainingFails_thenAllStaysAndItIsRecorded() {
    LinearSgd broken = LinearSgd.of(2, 0.1);
    broken.broken = true;
    OnlineLearner learner = OnlineLearner.open(
        database, "m", broken, LinearSgd::restored, OnlineSettings.EVERY_100, clock, loss -> {});
    day(learner, new World(2, 1), "d0", 100);
    assertThat(learner.update().orElseThrow().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(learner.status().matured()).isEqualTo(100);
    assertThat(learner.updates(1).get(0).candidateLoss()).isNaN();
  }

  @Test
  void whenTheModelDiverges_thenItIsNotDeployed() {
    LinearSgd wild = LinearSgd.of(2, 1e200);
    OnlineLearner learner = OnlineLearner.open(
        database, "m", wild, LinearSgd::restored, OnlineSettings.EVERY_100, clock, loss -> {});
    day(learner, new World(2, 1), "d0", 100);
    assertThat(learner.update().orElseThrow().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(learner.status().servingVersion()).isEqualTo(1);
  }

  @Test
  void whenTheLabelIsNotKnownYet_thenItIsRefused() {
    OnlineLearner learner = learner(OnlineSettings.EVERY_100);
    learner.offer(List.of(Sample.of("a", OPENING, 1, 1)));
    Instant close = OPENING.plus(HORIZON);
    refused(
        ErrorCode.INVALID_ARGUMENT, () -> learner.label(List.of(new MaturedLabel("a", 1, close))));
    clock.set(close);
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> learner.label(List.of(new MaturedLabel("a", 1, OPENING))));
    assertThat(learner.label(List.of(new MaturedLabel("a", 1, close)))).isEqualTo(1);
    assertThat(learner.label(List.of(new MaturedLabel("a", 1, close)))).isZero();
    refused(ErrorCode.CONFLICT, () -> learner.label(List.of(new MaturedLabel("a", 2, close))));
    refused(
        ErrorCode.DATA_NOT_FOUND, () -> learner.label(List.of(new MaturedLabel("b", 1, close))));
    assertThat(learner.status().scored()).isEqualTo(1);
  }

  @Test
  void whenOfferedAgain_thenTheScoreIsTheOneOfThen() {
    OnlineLearner learner = learner(OnlineSettings.EVERY_100);
    World world = new World(2, 1);
    Sample sample = Sample.of("again", clock.instant(), 1, 1);
    assertThat(learner.offer(List.of(sample))).containsExactly(0);
    day(learner, world, "d0", 100);
    assertThat(learner.update()).isPresent();
    assertThat(learner.offer(List.of(sample))).containsExactly(0);
    assertThat(learner.status().waiting()).isEqualTo(1);
    refused(
        ErrorCode.CONFLICT, () -> learner.offer(List.of(Sample.of("again", sample.at(), 1, 2))));
    refused(ErrorCode.INVALID_ARGUMENT, () -> learner.offer(List.of(sample, sample)));
  }

  @Test
  void whenASampleIsWrong_thenTheBatchIsNotKept() {
    OnlineLearner learner = learner(OnlineSettings.EVERY_100);
    Sample good = Sample.of("good", OPENING, 1, 1);
    refused(
        ErrorCode.MODEL_MISMATCH,
        () -> learner.offer(List.of(good, Sample.of("narrow", OPENING, 1))));
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> learner.offer(List.of(good, Sample.of("early", OPENING.plusSeconds(1), 1, 1))));
    refused(ErrorCode.MODEL_MISMATCH, () -> Sample.of("x", OPENING, Double.NaN, 1));
    refused(ErrorCode.INVALID_ARGUMENT, () -> Sample.of("", OPENING, 1, 1));
    refused(ErrorCode.INVALID_ARGUMENT, () -> new MaturedLabel("x", Double.NaN, OPENING));
    assertThat(learner.status().waiting()).isZero();
    assertThat(learner.offer(List.of())).isEmpty();
    assertThat(learner.label(List.of())).isZero();
  }

  @Test
  void whenTheBufferIsFull_thenOldLabelsGiveWayAndWaitingSamplesDoNot() {
    OnlineLearner learner = learner(OnlineSettings.builder()
        .capacity(100)
        .updateEvery(100)
        .leastSamples(100)
        .build());
    World world = new World(2, 1);
    day(learner, world, "d0", 60);
    day(learner, world, "d1", 60);
    assertThat(learner.status().dropped()).isEqualTo(20);
    assertThat(learner.status().matured()).isEqualTo(100);
    List<Sample> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(Sample.of("w" + i, clock.instant(), 1, 1));
    }
    learner.offer(many);
    assertThat(learner.status().waiting()).isEqualTo(100);
    refused(
        ErrorCode.LIMIT_EXCEEDED,
        () -> learner.offer(List.of(Sample.of("more", clock.instant(), 1, 1))));
    clock.advance(HORIZON);
    assertThat(learner.giveUp(clock.instant())).isEqualTo(100);
    assertThat(learner.status().waiting()).isZero();
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> learner.label(List.of(new MaturedLabel("w0", 1, clock.instant()))));
  }

  @Test
  void whenItRunsForLong_thenTheRowsAreBoundedAndOldSamplesAreNotTakenAgain() {
    OnlineLearner learner = learner(
        OnlineSettings.builder().capacity(10).updateEvery(10).leastSamples(10).build());
    World world = new World(2, 1);
    Instant first = clock.instant();
    for (int day = 0; day < 30; day++) {
      day(learner, world, "d" + day, 10);
      learner.update();
    }
    long rows = database.read(connection -> {
      try (var statement = connection.createStatement();
          var found = statement.executeQuery("SELECT COUNT(*) FROM online_sample")) {
        found.next();
        return found.getLong(1);
      }
    });
    assertThat(rows).isLessThanOrEqualTo(110);
    refused(
        ErrorCode.INVALID_ARGUMENT, () -> learner.offer(List.of(Sample.of("d0-0", first, 1, 1))));
  }

  @Test
  void whenInShadow_thenTheCandidateScoresBesideAndNeverServes() {
    OnlineLearner learner = learner(OnlineSettings.builder().shadow(true).build());
    World world = new World(2, 1);
    day(learner, world, "d0", 200);
    assertThat(learner.update().orElseThrow().outcome()).isEqualTo(Outcome.SHADOWED);
    assertThat(day(learner, world, "d1", 100)).containsOnly(0);
    OnlineStatus status = learner.status();
    assertThat(status.shadowScored()).isEqualTo(100);
    assertThat(status.shadowLoss()).isLessThan(status.besideLoss() / 2);
    assertThat(status.servingVersion()).isEqualTo(1);
    assertThat(learner.promoteShadow()).isEqualTo(3);
    refused(ErrorCode.INVALID_ARGUMENT, learner::promoteShadow);
    double[] score = new double[1];
    learner.score(new double[] {1, 0}, 1, score);
    assertThat(score[0]).isGreaterThan(1);
  }

  @Test
  void whenTheIntervalIsNotOver_thenItWaits() {
    OnlineLearner learner =
        learner(OnlineSettings.builder().interval(Duration.ofDays(3)).build());
    World world = new World(2, 1);
    day(learner, world, "d0", 100);
    assertThat(learner.update()).isPresent();
    day(learner, world, "d1", 100);
    assertThat(learner.update()).isEmpty();
    day(learner, world, "d2", 100);
    day(learner, world, "d3", 100);
    assertThat(learner.update()).isPresent();
    clock.advance(Duration.ofDays(-30));
    assertThat(learner.update()).isEmpty();
  }

  @Test
  void whenSettingsAskForMore_thenItWaitsForThat() {
    OnlineLearner learner = learner(OnlineSettings.HOURLY);
    World world = new World(2, 1);
    for (int i = 0; i < 9; i++) {
      day(learner, world, "d" + i, 100);
      assertThat(learner.update()).isEmpty();
    }
    day(learner, world, "d9", 100);
    assertThat(learner.update()).isPresent();
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenReopened_thenItGoesOnWithTheSameBits(StoreKind kind) {
    byte[] whole;
    OnlineStatus status;
    OnlineLearner learner = learner(OnlineSettings.builder().shadow(true).build());
    World world = new World(2, 1);
    for (int day = 0; day < 4; day++) {
      day(learner, world, "d" + day, 100);
      learner.update();
    }
    learner.promoteShadow();
    day(learner, world, "last", 100);
    whole = learner.servingState();
    status = learner.status();

    clock.set(OPENING);
    try (TestStore store = kind.open(folder)) {
      // For SQLite it is the same file: another name keeps the learners apart.
      World same = new World(2, 1);
      for (int day = 0; day < 4; day++) {
        OnlineLearner again = other(store.database());
        day(again, same, "d" + day, 100);
        other(store.database()).update();
      }
      other(store.database()).promoteShadow();
      day(other(store.database()), same, "last", 100);
      OnlineLearner end = other(store.database());
      assertThat(end.servingState()).isEqualTo(whole);
      assertThat(end.status()).isEqualTo(status);
    }
  }

  private OnlineLearner other(Database in) {
    return OnlineLearner.open(
        in,
        "other",
        LinearSgd.of(2, 0.1),
        LinearSgd::restored,
        OnlineSettings.builder().shadow(true).build(),
        clock,
        loss -> {});
  }

  @Test
  void whenAnotherDrivesIt_thenTheFirstIsTold() {
    OnlineLearner one = learner(OnlineSettings.EVERY_100);
    OnlineLearner two = learner(OnlineSettings.EVERY_100);
    two.offer(List.of(Sample.of("a", OPENING, 1, 1)));
    refused(ErrorCode.CONFLICT, () -> one.offer(List.of(Sample.of("b", OPENING, 1, 1))));
    assertThat(two.status().waiting()).isEqualTo(1);
    assertThat(learner(OnlineSettings.EVERY_100).status().waiting()).isEqualTo(1);
  }

  @Test
  void whenOtherFeaturesAreGiven_thenItIsRefused() {
    learner(OnlineSettings.EVERY_100);
    refused(
        ErrorCode.MODEL_MISMATCH,
        () -> OnlineLearner.open(
            database,
            "m",
            LinearSgd.of(3, 0.1),
            LinearSgd::restored,
            OnlineSettings.EVERY_100,
            clock,
            loss -> {}));
  }

  @Test
  void whenLossesAreListenedTo_thenTheyComeInOrderAndAListenerThatThrowsHarmsNothing() {
    List<Double> told = new ArrayList<>();
    Adwin adwin = new Adwin(0.002, 0, 100);
    OnlineLearner learner = learner(database, OnlineSettings.EVERY_100, loss -> {
      told.add(loss);
      adwin.add(Math.min(100, loss));
      if (told.size() == 3) {
        throw new QilinException(ErrorCode.UNKNOWN, "on purpose");
      }
    });
    day(learner, new World(2, 1), "d0", 5);
    assertThat(told).hasSize(5);
    assertThat(told.stream().mapToDouble(loss -> loss).sum() / 5)
        .isEqualTo(learner.status().meanLoss());
    assertThat(adwin.width()).isEqualTo(5);
  }

  @Test
  void whenThreadsOfferAndLabelWhileItLearns_thenEverySampleCountsOnce() throws Exception {
    OnlineLearner learner = learner(OnlineSettings.EVERY_100);
    int threads = 3;
    int each = 10;
    CyclicBarrier start = new CyclicBarrier(threads + 1);
    ExecutorService pool = Executors.newFixedThreadPool(threads + 1);
    try {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        work.add(() -> {
          start.await();
          int labelled = 0;
          for (int i = 0; i < each; i++) {
            List<Sample> samples = new ArrayList<>();
            List<MaturedLabel> labels = new ArrayList<>();
            for (int k = 0; k < 20; k++) {
              // Every id is offered by all threads.
              String id = i + "-" + k;
              samples.add(Sample.of(id, OPENING.minus(HORIZON), i, k));
              labels.add(new MaturedLabel(id, i - k, OPENING));
            }
            learner.offer(samples);
            labelled += learner.label(labels);
          }
          return labelled;
        });
      }
      work.add(() -> {
        start.await();
        for (int i = 0; i < 20; i++) {
          learner.update();
        }
        return 0;
      });
      int labelled = 0;
      for (Future<Integer> done : pool.invokeAll(work)) {
        labelled += done.get();
      }
      assertThat(labelled).isEqualTo(20 * each);
      assertThat(learner.status().scored()).isEqualTo(20L * each);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void whenSettingsAreWrong_thenTheyAreRefused() {
    OnlineSettings.Builder builder = OnlineSettings.builder();
    refused(ErrorCode.INVALID_ARGUMENT, () -> builder.capacity(9).build());
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> OnlineSettings.builder().updateEvery(1).build());
    refused(
        ErrorCode.INVALID_ARGUMENT, () -> OnlineSettings.builder().holdOut(0).build());
    refused(
        ErrorCode.INVALID_ARGUMENT, () -> OnlineSettings.builder().margin(-1).build());
    refused(ErrorCode.INVALID_ARGUMENT, () -> OnlineSettings.builder().fading(1).build());
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> OnlineSettings.builder().interval(Duration.ofSeconds(-1)).build());
  }
}

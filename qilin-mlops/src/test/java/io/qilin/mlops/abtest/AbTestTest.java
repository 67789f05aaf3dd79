package io.qilin.mlops.abtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelId;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.store.StoreKind;
import io.qilin.mlops.store.TestStore;
import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AbTestTest {
  private static final LocalDate DAY = LocalDate.of(2024, 1, 2);
  private static final MetricRule ACCURACY = new MetricRule(TestMetric.ACCURACY, 0);

  @TempDir
  Path folder;

  private final SettableClock clock = SettableClock.at("2024-01-02T15:00:00+08:00");
  private Database database;

  @BeforeEach
  void open() {
    database = Database.sqlite(folder.resolve("store.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static AbTestPlan.Builder plan(MetricRule primary) {
    return AbTestPlan.builder("t1", Arm.of("old", new ModelId("m", 1)), primary)
        .arm(Arm.of("new", new ModelId("m", 2)))
        .leastSample(100);
  }

  private AbTest started(AbTestPlan plan) {
    return AbTests.open(database, clock).start(plan);
  }

  /** Outcomes of symbols of one day: old is right with one chance, new with another. */
  private static List<Observation> outcomes(
      AbTest test, int from, int to, double old, double fresh) {
    SplittableRandom chance = new SplittableRandom(from);
    List<Observation> outcomes = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String symbol = "S" + i;
      String arm = test.arm(symbol, DAY).name();
      double right = chance.nextDouble() < (arm.equals("old") ? old : fresh) ? 1 : 0;
      outcomes.add(new Observation(TestMetric.ACCURACY, symbol, DAY, arm, right));
    }
    return outcomes;
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void whenAnArmIsBetter_thenItWinsAndIsPromotedOnce() {
    AbTest test = started(plan(ACCURACY).build());
    test.record(outcomes(test, 0, 4_000, 0.5, 0.7));
    Look look = test.look();
    assertThat(look.conclusion()).isEqualTo(Conclusion.WINNER);
    assertThat(look.winner()).contains("new");
    assertThat(look.effects().get(0).lower()).isPositive();
    assertThat(look.effects().get(0).upper()).isGreaterThan(0.2);

    OneModel registry = new OneModel("m", 1);
    assertThat(test.promote(registry).id()).isEqualTo(new ModelId("m", 2));
    assertThat(test.promote(registry).id()).isEqualTo(new ModelId("m", 2));
    assertThat(registry.reasons).hasSize(1);
    assertThat(registry.reasons.get(0).facts()).containsEntry("test", "t1").containsKey("ACCURACY");
    assertThat(test.promoted()).contains(clock.instant());
    refused(ErrorCode.CONFLICT, () -> test.record(outcomes(test, 4_000, 4_001, 0.5, 0.5)));
  }

  @Test
  void whenAnotherVersionIsInProduction_thenTheWinnerIsNotPromoted() {
    AbTest test = started(plan(ACCURACY).build());
    test.record(outcomes(test, 0, 4_000, 0.5, 0.7));
    test.look();
    refused(ErrorCode.CONFLICT, () -> test.promote(new OneModel("m", 7)));
    assertThat(test.promoted()).isEmpty();
  }

  @Test
  void whenTheArmIsWorse_thenTheControlStays() {
    AbTest test = started(plan(ACCURACY).build());
    test.record(outcomes(test, 0, 4_000, 0.7, 0.5));
    assertThat(test.look().conclusion()).isEqualTo(Conclusion.CONTROL);
    assertThat(test.look().winner()).contains("old");
    refused(ErrorCode.INVALID_ARGUMENT, () -> test.promote(new OneModel("m", 1)));
  }

  @Test
  void whenTheEffectLiesWithinTheMargin_thenThereIsNoDifference() {
    AbTest test = started(plan(new MetricRule(TestMetric.ACCURACY, 0.1)).build());
    test.record(outcomes(test, 0, 6_000, 0.6, 0.6));
    assertThat(test.look().conclusion()).isEqualTo(Conclusion.NO_DIFFERENCE);
  }

  @Test
  void whenThereAreTooFew_thenNothingIsConcluded() {
    AbTest test = started(plan(ACCURACY).leastSample(1_000).build());
    test.record(outcomes(test, 0, 1_500, 0.1, 0.9));
    Look look = test.look();
    assertThat(look.conclusion()).isEqualTo(Conclusion.CONTINUE);
    assertThat(look.effects().get(0).standing()).isEqualTo(Effect.Standing.TOO_FEW);
  }

  @Test
  void whenNothingWasRecorded_thenTheFirstLookSaysSo() {
    Look look = started(
            plan(ACCURACY).guard(new MetricRule(TestMetric.PROFIT, 0)).build())
        .look();
    assertThat(look.conclusion()).isEqualTo(Conclusion.CONTINUE);
    assertThat(look.effects()).hasSize(2).allSatisfy(effect -> {
      assertThat(effect.sample()).isZero();
      assertThat(effect.estimate()).isNaN();
    });
  }

  @Test
  void whenLookedAtTooSoon_thenTheLastLookStands() {
    AbTest test = started(plan(ACCURACY).build());
    Look first = test.look();
    clock.advance(Duration.ofSeconds(299));
    assertThat(test.look()).isEqualTo(first);
    clock.advance(Duration.ofSeconds(1));
    assertThat(test.look().number()).isEqualTo(2);
    clock.advance(Duration.ofHours(-1));
    assertThat(test.look().number()).isEqualTo(2);
    assertThat(test.looks(10)).extracting(Look::number).containsExactly(2L, 1L);
  }

  @Test
  void whenTheEndComes_thenItIsInconclusive() {
    AbTest test =
        started(plan(ACCURACY).until(clock.instant().plus(Duration.ofHours(1))).build());
    test.record(outcomes(test, 0, 1_000, 0.5, 0.5));
    assertThat(test.look().conclusion()).isEqualTo(Conclusion.CONTINUE);
    clock.advance(Duration.ofHours(1));
    assertThat(test.look().conclusion()).isEqualTo(Conclusion.INCONCLUSIVE);
  }

  @Test
  void whenOneArmsOutcomesAreLost_thenTheSplitIsBroken() {
    AbTest test = started(plan(ACCURACY).build());
    List<Observation> half = new ArrayList<>();
    for (Observation outcome : outcomes(test, 0, 4_000, 0.5, 0.7)) {
      if (outcome.arm().equals("old") || outcome.value() > 0) {
        half.add(outcome);
      }
    }
    test.record(half);
    assertThat(test.look().conclusion()).isEqualTo(Conclusion.SPLIT_BROKEN);
  }

  @Test
  void whenAGuardIsBroken_thenTheArmCannotWin() {
    AbTest test =
        started(plan(ACCURACY).guard(new MetricRule(TestMetric.LATENCY, 0.05)).build());
    List<Observation> outcomes = outcomes(test, 0, 4_000, 0.5, 0.7);
    List<Observation> times = new ArrayList<>();
    for (Observation outcome : outcomes) {
      times.add(new Observation(
          TestMetric.LATENCY,
          outcome.symbol(),
          DAY,
          outcome.arm(),
          outcome.arm().equals("old") ? 1e6 : 2e6));
    }
    test.record(outcomes);
    Look waiting = test.look();
    assertThat(waiting.conclusion()).isEqualTo(Conclusion.CONTINUE);
    test.record(times);
    clock.advance(Duration.ofSeconds(300));
    Look look = test.look();
    assertThat(look.conclusion()).isEqualTo(Conclusion.CONTROL);
    assertThat(look.effects().get(1).estimate()).isCloseTo(-StrictMath.log(2), within(1e-9));
  }

  @Test
  void whenProfitIsPairedByDay_thenTheBetterArmWins() {
    AbTest test = started(plan(new MetricRule(TestMetric.PROFIT, 0)).build());
    SplittableRandom chance = new SplittableRandom(3);
    for (int i = 0; i < 250; i++) {
      // Both arms share the market; the difference is small beside it.
      double market = 0.02 * chance.nextGaussian();
      double apart = 0.001 + 0.002 * chance.nextGaussian();
      assertThat(test.recordDay(DAY.plusDays(i), Map.of("old", market, "new", market + apart)))
          .isTrue();
    }
    Look look = test.look();
    assertThat(look.conclusion()).isEqualTo(Conclusion.WINNER);
    assertThat(look.effects().get(0).sample()).isEqualTo(250);
    assertThat(look.effects().get(0).lower()).isBetween(0.0002, 0.001);
  }

  @Test
  void whenADayComesAgain_thenItCountsOnceAndAnotherFigureIsRefused() {
    AbTest test = started(plan(new MetricRule(TestMetric.PROFIT, 0)).build());
    assertThat(test.recordDay(DAY, Map.of("old", 0.1, "new", 0.2))).isTrue();
    assertThat(test.recordDay(DAY, Map.of("old", 0.1, "new", 0.2))).isFalse();
    refused(ErrorCode.CONFLICT, () -> test.recordDay(DAY, Map.of("old", 0.1, "new", 0.3)));
    refused(
        ErrorCode.CONFLICT, () -> test.recordDay(DAY.minusDays(1), Map.of("old", 0.0, "new", 0.0)));
    refused(ErrorCode.INVALID_ARGUMENT, () -> test.recordDay(DAY.plusDays(1), Map.of("old", 0.1)));
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> test.recordDay(DAY.plusDays(1), Map.of("old", 0.1, "new", Double.NaN)));
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> test.recordDay(DAY.plusDays(1), Map.of("old", 0.1, "new", 0.1, "third", 0.1)));
    assertThat(test.look().effects().get(0).sample()).isEqualTo(1);
  }

  @Test
  void whenSentAgain_thenNothingCountsTwice() {
    AbTest test = started(plan(ACCURACY).build());
    List<Observation> outcomes = outcomes(test, 0, 500, 0.5, 0.6);
    assertThat(test.record(outcomes)).isEqualTo(500);
    assertThat(test.record(outcomes)).isZero();
    assertThat(test.record(outcomes(test, 250, 750, 0.5, 0.6).subList(250, 500)))
        .isEqualTo(250);
    assertThat(calls()).isEqualTo(750);
  }

  @Test
  void whenOneOfABatchIsWrong_thenNoneIsRecorded() {
    AbTest test = started(plan(ACCURACY).build());
    List<Observation> outcomes = new ArrayList<>(outcomes(test, 0, 10, 0.5, 0.5));
    test.record(outcomes.subList(0, 1));
    Observation first = outcomes.get(0);
    List<Observation> contradicts = new ArrayList<>(outcomes.subList(1, 10));
    contradicts.add(
        new Observation(TestMetric.ACCURACY, first.symbol(), DAY, first.arm(), 1 - first.value()));
    refused(ErrorCode.CONFLICT, () -> test.record(contradicts));
    assertThat(calls()).isEqualTo(1);

    String other = first.arm().equals("old") ? "new" : "old";
    Observation swapped =
        new Observation(TestMetric.ACCURACY, first.symbol(), DAY, other, first.value());
    refused(ErrorCode.INVALID_ARGUMENT, () -> test.record(List.of(outcomes.get(1), swapped)));
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> test.record(
            List.of(new Observation(TestMetric.LATENCY, first.symbol(), DAY, first.arm(), 1))));
    assertThat(calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenReopened_thenItGoesOnWithTheSameBits(StoreKind kind) throws IOException {
    AbTest test = started(plan(ACCURACY).build());
    AbTest whole = AbTests.open(database, clock)
        .start(AbTestPlan.builder("t2", test.plan().control(), ACCURACY)
            .arm(test.plan().arms().get(1))
            .leastSample(100)
            .build());
    List<Observation> all = outcomes(whole, 0, 1_000, 0.5, 0.55);
    whole.record(all);
    Look expected = whole.look();

    AbTests tests = AbTests.open(database, clock);
    try (TestStore store = kind.open(Files.createDirectory(folder.resolve("second")))) {
      for (int from = 0; from < 1_000; from += 300) {
        AbTest reopened = AbTests.open(store.another(), clock).start(whole.plan());
        reopened.record(all.subList(from, Math.min(1_000, from + 300)));
      }
      Look look = AbTests.open(store.another(), clock).find("t2").orElseThrow().look();
      assertThat(look).isEqualTo(expected);
      assertThat(look.json()).isEqualTo(expected.json()).contains("\"metric\": \"accuracy\"");
      AbTest days = AbTests.open(store.database(), clock)
          .start(plan(new MetricRule(TestMetric.PROFIT, 0)).leastDays(120).build());
      days.recordDay(DAY, Map.of("old", 0.1, "new", 0.2));
      assertThat(days.recordDay(DAY, Map.of("old", 0.1, "new", 0.2))).isFalse();
      assertThat(days.look().effects().get(0).estimate()).isEqualTo(0.1);
      assertThat(days.looks(5)).hasSize(1);
    }
    assertThat(tests.ids()).containsExactly("t1", "t2");
    assertThat(tests.find("t3")).isEmpty();
  }

  @Test
  void whenStartedWithAnotherPlan_thenItIsRefused() {
    started(plan(ACCURACY).build());
    assertThat(started(plan(ACCURACY).build()).plan()).isEqualTo(plan(ACCURACY).build());
    refused(ErrorCode.CONFLICT, () -> started(plan(ACCURACY).confidence(0.9).build()));
  }

  @Test
  void whenThreadsSendTheSame_thenEachCountsOnce() throws Exception {
    AbTest test = started(plan(ACCURACY).build());
    List<Observation> outcomes = outcomes(test, 0, 400, 0.5, 0.5);
    int threads = 4;
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Integer>> senders = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        senders.add(() -> {
          start.await();
          int fresh = 0;
          for (int from = 0; from < 400; from += 40) {
            fresh += test.record(outcomes.subList(from, from + 40));
          }
          return fresh;
        });
      }
      int fresh = 0;
      for (Future<Integer> sent : pool.invokeAll(senders)) {
        fresh += sent.get();
      }
      assertThat(fresh).isEqualTo(400);
      assertThat(calls()).isEqualTo(400);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void whenTheDatabaseIsClosed_thenItSaysSo() {
    AbTest test = started(plan(ACCURACY).build());
    database.close();
    refused(ErrorCode.INVALID_ARGUMENT, test::look);
  }

  @Test
  void whenAPlanIsWrong_thenItIsRefused() {
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> AbTestPlan.builder("t1", new Arm("a", 1, Optional.empty()), ACCURACY)
            .build());
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> plan(ACCURACY).arm(Arm.of("new", new ModelId("m", 3))).build());
    refused(ErrorCode.INVALID_ARGUMENT, () -> plan(ACCURACY).confidence(1).build());
    refused(ErrorCode.INVALID_ARGUMENT, () -> plan(ACCURACY).leastSample(99).build());
    refused(ErrorCode.INVALID_ARGUMENT, () -> plan(ACCURACY).leastDays(119).build());
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> plan(ACCURACY).lookEvery(Duration.ZERO).build());
    refused(ErrorCode.INVALID_ARGUMENT, () -> plan(ACCURACY).guard(ACCURACY).build());
    refused(ErrorCode.INVALID_ARGUMENT, () -> new Arm("a", Double.NaN, Optional.empty()));
    refused(ErrorCode.INVALID_ARGUMENT, () -> new Arm("a b", 1, Optional.empty()));
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> plan(ACCURACY).arm(new Arm("rare", 1e-9, Optional.empty())).build());
    refused(
        ErrorCode.INVALID_ARGUMENT, () -> new Observation(TestMetric.LATENCY, "S", DAY, "old", 0));
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> new Observation(TestMetric.ACCURACY, "S", DAY, "old", Double.NaN));
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> new Observation(TestMetric.ACCURACY, "\ud800", DAY, "old", 1));
  }

  private long calls() {
    return database.read(connection -> {
      try (var statement = connection.createStatement();
          var found = statement.executeQuery("SELECT SUM(calls) FROM ab_tally")) {
        found.next();
        return found.getLong(1);
      }
    });
  }
}

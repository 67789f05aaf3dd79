package io.qilin.mlops.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelLineage;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.StageMove;
import io.qilin.api.model.StageReason;
import io.qilin.mlops.store.StoreKind;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromotionPolicyTest {
  private static final LocalDate FIRST = LocalDate.of(2021, 1, 6);
  private static final DailyMetric ACCURACY = DailyMetric.accuracy(0);
  private static final PromotionPolicy POLICY =
      PromotionPolicy.builder(0.01).minimumDays(50).minimumRows(1_000).build();

  private static ModelVersion version(int number, ModelLineage lineage) {
    ModelDraft draft = ModelDraft.builder("m", "test", RegistryFixture.SIGNATURE)
        .file("f", "0".repeat(64))
        .lineage(lineage)
        .build();
    return new ModelVersion(
        new ModelId("m", number), draft, ModelStage.NONE, Set.of(), Instant.EPOCH, Instant.EPOCH);
  }

  private static ModelLineage trained() {
    return new ModelLineage("d", "f", "c", "r", Optional.of(RegistryFixture.WINDOW));
  }

  private static final ModelVersion CANDIDATE = version(2, trained());
  private static final ModelVersion PRODUCTION = version(1, trained());

  private static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  /** Rows of a market in which a model is right with a given chance. */
  private static final class Market {
    private final List<LocalDate> dates = new ArrayList<>();
    private final double[] labels;
    private final Random random = new Random(11);

    Market(LocalDate first, int days, int stocks) {
      labels = new double[days * stocks];
      for (int i = 0; i < labels.length; i++) {
        dates.add(first.plusDays(i / stocks));
        labels[i] = random.nextGaussian();
      }
    }

    double[] scores(double chance) {
      return Arrays.stream(labels)
          .map(label -> random.nextDouble() < chance ? label : -label)
          .toArray();
    }

    JudgedDays judged(double candidate, double production) {
      return JudgedDays.of(ACCURACY, dates, scores(candidate), scores(production), labels);
    }

    JudgedDays first(double candidate) {
      return JudgedDays.ofFirst(ACCURACY, dates, scores(candidate), labels);
    }
  }

  private static PromotionDecision decide(JudgedDays days) {
    return POLICY.decide(CANDIDATE, Optional.of(PRODUCTION), days);
  }

  @Test
  void whenTheCandidateIsBetter_thenItIsPromotedWithTheFigures() {
    PromotionDecision decision = decide(new Market(FIRST, 60, 50).judged(0.60, 0.52));

    assertThat(decision.promote()).isTrue();
    assertThat(decision.against()).isEqualTo(1);
    assertThat(decision.findings())
        .singleElement()
        .asString()
        .contains("accuracy 0.6")
        .contains("60 days from 2021-01-06 to 2021-03-06");
    PromotionEvidence evidence = decision.evidence();
    assertThat(evidence.rows()).isEqualTo(3_000);
    assertThat(evidence.advantage())
        .isCloseTo(evidence.candidate() - evidence.production(), within(1e-12))
        .isBetween(0.05, 0.11);
    assertThat(evidence.low()).isLessThan(evidence.advantage()).isGreaterThan(0);
  }

  @Test
  void whenTheCandidateIsALittleBetterByChance_thenItIsNotPromoted() {
    PromotionDecision decision = decide(new Market(FIRST, 60, 20).judged(0.545, 0.54));

    assertThat(decision.promote()).isFalse();
    assertThat(decision.evidence().candidate())
        .as("the rule of the seed would promote it")
        .isGreaterThan(decision.evidence().production());
    assertThat(decision.findings()).anyMatch(finding -> finding.contains("worse by the margin"));
  }

  @Test
  void whenJudgedOnDatesThatAModelHasSeen_thenItIsNotPromoted() {
    JudgedDays days = new Market(RegistryFixture.WINDOW.labelsUntil(), 60, 50).judged(0.7, 0.5);

    assertThat(decide(days).promote()).isFalse();
    assertThat(decide(days).findings())
        .anyMatch(finding -> finding.contains("m/2 has seen prices until 2021-01-05"))
        .anyMatch(finding -> finding.contains("m/1 has seen"));
  }

  @Test
  void whenItIsNotKnownWhatAModelHasSeen_thenItIsNotPromoted() {
    JudgedDays days = new Market(FIRST, 60, 50).judged(0.7, 0.5);
    ModelVersion unknown = version(2, ModelLineage.UNKNOWN);

    PromotionDecision decision = POLICY.decide(unknown, Optional.of(PRODUCTION), days);

    assertThat(decision.promote()).isFalse();
    assertThat(decision.findings()).singleElement().asString().contains("not known");
  }

  @Test
  void whenThereIsTooLittle_thenEveryLackIsNamed() {
    PromotionDecision decision = decide(new Market(FIRST, 10, 20).judged(0.9, 0.5));

    assertThat(decision.promote()).isFalse();
    assertThat(decision.findings())
        .containsExactly("10 days, at least 50 are needed", "200 rows, at least 1000 are needed");
  }

  @Test
  void whenNothingIsKnown_thenItIsNotPromoted() {
    JudgedDays days = JudgedDays.of(
        ACCURACY, List.of(FIRST), new double[] {Double.NaN}, new double[] {1}, new double[] {1});

    assertThat(days.dropped()).isEqualTo(1);
    assertThat(decide(days).promote()).isFalse();
    assertThat(decide(days).evidence().first()).isEmpty();
  }

  @Test
  void whenTheFirstModelHasSkill_thenItIsPromoted() {
    Market market = new Market(FIRST, 60, 50);

    assertThat(POLICY.decide(PRODUCTION, Optional.empty(), market.first(0.56)).promote())
        .isTrue();
    PromotionDecision lucky = POLICY.decide(PRODUCTION, Optional.empty(), market.first(0.505));
    assertThat(lucky.promote()).isFalse();
    assertThat(lucky.findings()).singleElement().asString().contains("baseline 0.5");
  }

  @Test
  void whenAnErrorIsTheMetric_thenLowerIsBetter() {
    Market market = new Market(FIRST, 60, 50);
    double[] near = Arrays.stream(market.labels).map(label -> label + 0.1).toArray();
    double[] far = Arrays.stream(market.labels).map(label -> label + 0.5).toArray();
    DailyMetric error = DailyMetric.meanSquaredError();

    PromotionDecision better = decide(JudgedDays.of(error, market.dates, near, far, market.labels));
    PromotionDecision worse = decide(JudgedDays.of(error, market.dates, far, near, market.labels));

    assertThat(better.promote()).isTrue();
    assertThat(better.evidence().advantage()).isCloseTo(0.25 - 0.01, within(1e-9));
    assertThat(worse.promote()).isFalse();
    PromotionDecision first = POLICY.decide(
        CANDIDATE, Optional.empty(), JudgedDays.ofFirst(error, market.dates, far, market.labels));
    assertThat(first.promote()).as("an error has no baseline").isTrue();
    assertThat(first.findings()).singleElement().asString().contains("no baseline");
  }

  @Test
  void whenAsGoodIsEnough_thenAnEqualCandidateIsPromoted() {
    Market market = new Market(FIRST, 60, 50);
    double[] scores = market.scores(0.55);
    JudgedDays equal = JudgedDays.of(ACCURACY, market.dates, scores, scores, market.labels);

    assertThat(decide(equal).findings())
        .singleElement()
        .asString()
        .contains("not better on average");
    PromotionPolicy lenient = PromotionPolicy.builder(0.01).orAsGood().build();
    assertThat(lenient.decide(CANDIDATE, Optional.of(PRODUCTION), equal).promote())
        .isTrue();
  }

  /** A candidate that is worse by exactly the margin must not pass more often than one minus the confidence, about. */
  @Test
  void whenManyCandidatesAreWorseByTheMargin_thenFewPass() {
    PromotionPolicy policy =
        PromotionPolicy.builder(0.05).orAsGood().minimumRows(1).build();
    Random random = new Random(3);
    int trials = 1_000;
    int passed = 0;
    List<LocalDate> dates = new ArrayList<>();
    double[] labels = new double[120];
    for (int day = 0; day < 60; day++) {
      dates.add(FIRST.plusDays(day));
      dates.add(FIRST.plusDays(day));
    }
    DailyMetric mean = new DailyMetric("mean", true, 0, (scores, outcomes) -> scores[0]);
    double[] zero = new double[120];
    for (int trial = 0; trial < trials; trial++) {
      double[] scores = new double[120];
      for (int i = 0; i < 120; i++) {
        scores[i] = -0.05 + 0.2 * random.nextGaussian();
      }
      JudgedDays days = JudgedDays.of(mean, dates, scores, zero, labels);
      passed += policy.decide(CANDIDATE, Optional.of(PRODUCTION), days).promote() ? 1 : 0;
    }

    assertThat((double) passed / trials).isBetween(0.03, 0.075);
  }

  @Test
  void whenTheDaysAreOfOthers_thenItIsTheCallersMistake() {
    Market market = new Market(FIRST, 60, 50);
    JudgedDays paired = market.judged(0.6, 0.5);
    JudgedDays alone = market.first(0.6);

    assertRefused(
        ErrorCode.INVALID_ARGUMENT, () -> POLICY.decide(CANDIDATE, Optional.empty(), paired));
    assertRefused(
        ErrorCode.INVALID_ARGUMENT, () -> POLICY.decide(CANDIDATE, Optional.of(PRODUCTION), alone));
    assertRefused(
        ErrorCode.INVALID_ARGUMENT, () -> POLICY.decide(CANDIDATE, Optional.of(CANDIDATE), paired));
  }

  @Test
  void whenASettingIsOutOfRange_thenItIsRefused() {
    for (double margin : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertRefused(
          ErrorCode.INVALID_ARGUMENT, () -> PromotionPolicy.builder(margin).build());
    }
    assertRefused(
        ErrorCode.INVALID_ARGUMENT,
        () -> PromotionPolicy.builder(0).minimumDays(1).build());
    assertRefused(
        ErrorCode.INVALID_ARGUMENT,
        () -> PromotionPolicy.builder(0).minimumRows(0).build());
  }

  @Nested
  class InARegistry {
    @TempDir
    Path folder;

    private final Market market = new Market(FIRST, 60, 50);

    @Test
    void whenPoliciesHaveDecided_thenItCanBeReadWhy() {
      try (RegistryFixture fixture = new RegistryFixture(StoreKind.SQLITE, folder)) {
        EmbeddedRegistry registry = fixture.registry;
        ModelId first = fixture.registered("one");
        ModelId second = fixture.registered("two");
        ModelId third = fixture.registered("three");

        PromotionDecision one = POLICY.apply(registry, first, 0, market.first(0.56));
        PromotionDecision two = POLICY.apply(registry, second, 1, market.judged(0.5, 0.56));
        PromotionDecision three = POLICY.apply(registry, third, 1, market.judged(0.65, 0.56));
        registry.rollback("m", StageReason.of("it lost money"));

        assertThat(registry.version(second).map(ModelVersion::stage)).contains(ModelStage.STAGING);
        assertThat(registry.production("m").map(ModelVersion::id)).contains(first);
        List<Optional<PromotionDecision>> read =
            registry.history("m", 100).stream().map(PromotionDecision::from).toList();
        assertThat(read)
            .containsExactly(
                Optional.empty(),
                Optional.empty(),
                Optional.of(three),
                Optional.empty(),
                Optional.of(two),
                Optional.of(one));
        assertThat(one.promote() && three.promote()).isTrue();
      }
    }

    @Test
    void whenAnotherVersionWasPromotedMeanwhile_thenItMustBeJudgedAgain() {
      try (RegistryFixture fixture = new RegistryFixture(StoreKind.SQLITE, folder)) {
        ModelId first = fixture.registered("one");
        ModelId second = fixture.registered("two");
        ModelId third = fixture.registered("three");
        fixture.registry.move(first, ModelStage.PRODUCTION, StageReason.of("by hand"));
        JudgedDays days = market.judged(0.65, 0.5);
        fixture.another().promote(second, 1, StageReason.of("by another"));

        assertRefused(ErrorCode.CONFLICT, () -> POLICY.apply(fixture.registry, third, 1, days));
        assertRefused(ErrorCode.CONFLICT, () -> POLICY.apply(fixture.registry, third, 0, days));
        assertRefused(
            ErrorCode.DATA_NOT_FOUND,
            () -> POLICY.apply(fixture.registry, new ModelId("m", 9), 2, days));
        assertThat(fixture.registry.version(third).map(ModelVersion::stage))
            .contains(ModelStage.NONE);
      }
    }
  }

  @Test
  void whenARecordedDecisionIsDamaged_thenItSaysSo() {
    StageReason reason = decide(new Market(FIRST, 60, 50).judged(0.6, 0.52)).toReason();
    for (String fact : reason.facts().keySet()) {
      if (!fact.equals("promotion.form")) {
        Map<String, String> facts = new HashMap<>(reason.facts());
        facts.remove(fact);
        StageMove move = new StageMove(
            CANDIDATE.id(),
            1,
            ModelStage.NONE,
            ModelStage.PRODUCTION,
            false,
            Instant.EPOCH,
            new StageReason("x", facts));
        assertRefused(ErrorCode.RECORD_MISMATCH, () -> PromotionDecision.from(move));
      }
    }
  }
}

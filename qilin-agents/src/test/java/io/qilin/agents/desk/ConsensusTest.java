package io.qilin.agents.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.analysis.Contribution;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ConsensusTest {
  private static final Symbol SHARE = Symbol.parse("600519.SH");
  private static final Consensus CONSENSUS =
      Consensus.of(Map.of("a", 3.0, "b", 1.0, "c", 1.0), 0.5, 0.3);

  private static Opinion scored(String analyst, double score) {
    return new Opinion.Scored(
        analyst, SHARE, score, 0.8, 1, List.of(), List.of("FLAG"), List.of("careful"));
  }

  private static Opinion abstained(String analyst) {
    return new Opinion.Abstained(analyst, SHARE, "no data", 0.1, List.of(), List.of(), List.of());
  }

  private static Optional<Opinion> safety(double fraction) {
    return Optional.of(scored("risk", 2 * fraction - 1));
  }

  private static Judgement judge(double safety, Opinion... votes) {
    return CONSENSUS.judge(SHARE, List.of(votes), safety(safety));
  }

  @Test
  void whenAnalystsDisagree_thenTheScoreIsTheMeanShrunkByTheirDeviationAndByTheRisk() {
    // Mean (3 × 0.6 + 0.2) / 4 = 0.5; deviation √((3 × 0.01 + 0.09) / 4) = √0.03.
    Judgement judgement = judge(0.75, scored("a", 0.6), scored("b", 0.2));
    double sigma = Math.sqrt(0.03);
    assertThat(judgement.disagreement()).isCloseTo(sigma, within(1e-12));
    assertThat(judgement.score()).isCloseTo(0.5 * (1 - sigma) * 0.75, within(1e-12));
    assertThat(judgement.confidence()).isCloseTo(0.8 * (1 - sigma), within(1e-12));
    assertThat(judgement.coverage()).isEqualTo(1);
    assertThat(judgement.heldBack()).isEmpty();
    assertThat(judgement.trace())
        .extracting(Contribution::analyst)
        .containsExactly("a", "b", "risk");
    assertThat(judgement.trace()).extracting(Contribution::weight).containsExactly(0.75, 0.25, 0.0);
    assertThat(judgement.trace().get(0).contribution()).isCloseTo(0.45, within(1e-12));
    assertThat(judgement.trace().get(0).warnings()).containsExactly("careful", "FLAG");
  }

  @Test
  void whenTheScoreIsNegative_thenRiskDoesNotImproveIt() {
    assertThat(judge(0.4, scored("a", -0.5)).score()).isEqualTo(-0.5);
    assertThat(judge(1, scored("a", -0.5)).score()).isEqualTo(-0.5);
  }

  @Test
  void whenAnAnalystAbstains_thenItLowersCoverageAndConfidenceButNotTheScore() {
    Judgement judgement = judge(1, scored("a", 0.6), abstained("b"));
    assertThat(judgement.score()).isEqualTo(0.6);
    assertThat(judgement.coverage()).isEqualTo(0.75);
    assertThat(judgement.confidence()).isCloseTo(0.8 * 0.75, within(1e-12));
    assertThat(judgement.trace().get(1)).satisfies(contribution -> {
      assertThat(contribution.score()).isNaN();
      assertThat(contribution.weight()).isZero();
      assertThat(contribution.contribution()).isZero();
      assertThat(contribution.warnings()).containsExactly("abstained: no data");
    });
  }

  @Test
  void whenAnAnalystLeavesAShareOut_thenItTakesNoPart() {
    assertThat(judge(1, scored("a", 0.6)).coverage()).isEqualTo(1);
  }

  @Test
  void whenAGateCloses_thenTheShareIsHeldBackWithTheReason() {
    assertThat(judge(1, abstained("a"))).satisfies(judgement -> {
      assertThat(judgement.heldBack()).contains("all-abstained");
      assertThat(judgement.score()).isNaN();
    });
    assertThat(judge(1).heldBack()).contains("all-abstained");
    assertThat(judge(1, abstained("a"), scored("b", 0.5)).heldBack()).contains("coverage");
    assertThat(judge(0.29, scored("a", 0.5)).heldBack()).contains("risk");
    assertThat(judge(0.29, scored("a", 0.5)).detail())
        .isEqualTo("its safety of 29 % is below 30 %");
    assertThat(judge(0.31, scored("a", 0.5)).heldBack()).isEmpty();
    Judgement unknown =
        CONSENSUS.judge(SHARE, List.of(scored("a", 0.5)), Optional.of(abstained("risk")));
    assertThat(unknown.heldBack()).contains("risk-unknown");
    assertThat(unknown.detail()).contains("no data");
    assertThat(
            CONSENSUS.judge(SHARE, List.of(scored("a", 0.5)), Optional.empty()).heldBack())
        .contains("risk-unknown");
  }

  @Test
  void whenScoresAreEqual_thenTheSymbolDecidesAndUnknownScoresComeLast() {
    List<Judgement> judgements = new ArrayList<>();
    for (String text : List.of("600003.SH", "600001.SH", "600002.SH", "600000.SH")) {
      double score = text.equals("600000.SH") ? Double.NaN : text.equals("600002.SH") ? 0.6 : 0.5;
      judgements.add(
          new Judgement(Symbol.parse(text), score, 0.5, 1, 0, 1, Optional.empty(), "", List.of()));
    }
    assertThat(CONSENSUS.rank(judgements))
        .extracting(judgement -> judgement.symbol().code())
        .containsExactly("600002", "600001", "600003", "600000");
  }

  @Property
  void whenAskedInAnyOrder_thenTheBitsAreTheSame(
      @ForAll @DoubleRange(min = -1, max = 1) double a,
      @ForAll @DoubleRange(min = -1, max = 1) double b,
      @ForAll @DoubleRange(min = -1, max = 1) double c,
      @ForAll long seed) {
    List<Opinion> votes = new ArrayList<>(List.of(scored("a", a), scored("b", b), scored("c", c)));
    Judgement expected = CONSENSUS.judge(SHARE, votes, safety(0.7));
    Collections.shuffle(votes, new Random(seed));
    assertThat(CONSENSUS.judge(SHARE, votes, safety(0.7))).isEqualTo(expected);
    assertThat(expected.score()).isBetween(-1.0, 1.0);
    assertThat(expected.confidence()).isBetween(0.0, 1.0);
  }

  @Property
  void whenScoresSpreadAroundTheSameMean_thenTheJudgementIsNoStronger(
      @ForAll @DoubleRange(min = -0.5, max = 0.5) double mean,
      @ForAll @DoubleRange(min = 0, max = 0.25) double near,
      @ForAll @DoubleRange(min = 0, max = 0.25) double more) {
    double close = judge(1, scored("b", mean - near), scored("c", mean + near)).score();
    double wide = judge(1, scored("b", mean - near - more), scored("c", mean + near + more))
        .score();
    assertThat(Math.abs(wide)).isLessThanOrEqualTo(Math.abs(close) + 1e-15);
  }

  @Property
  void whenAShareIsSafer_thenItsScoreIsNoLower(
      @ForAll @DoubleRange(min = -1, max = 1) double score,
      @ForAll @DoubleRange(min = 0, max = 1) double safety,
      @ForAll @DoubleRange(min = 0, max = 1) double other) {
    Judgement low = judge(Math.min(safety, other), scored("a", score));
    Judgement high = judge(Math.max(safety, other), scored("a", score));
    assertThat(high.score()).isGreaterThanOrEqualTo(low.score());
  }

  @Test
  void whenSettingsAreWrong_thenTheyAreRefused() {
    for (Map<String, Double> weights : List.of(
        Map.<String, Double>of(), Map.of("a", 0.0), Map.of("a", Double.NaN), Map.of("a", -1.0))) {
      assertThatThrownBy(() -> Consensus.of(weights, 0.5, 0.3))
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
    }
    assertThatThrownBy(() -> Consensus.of(Map.of("a", 1.0), Double.NaN, 0.3))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> judge(1, scored("stranger", 0))).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> judge(1, scored("a", 0), scored("a", 1)))
        .isInstanceOf(QilinException.class);
  }
}

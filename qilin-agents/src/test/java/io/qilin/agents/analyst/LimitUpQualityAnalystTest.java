package io.qilin.agents.analyst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Board;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitUpQualityAnalystTest {
  private static final LocalDate DAY = LocalDate.of(2024, 1, 3);

  private static ScoreComponent part(Opinion opinion, String name) {
    return opinion.components().stream()
        .filter(component -> component.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Panel bars(String... rows) {
    return Panels.table(
        Adjustment.RAW,
        "day symbol open high low close volume amount pre_close\n" + String.join("\n", rows));
  }

  /**
   * Eleven main-board shares that closed sealed at 11.00, with 10 million shares, 1 % to 11 % of
   * the float.
   */
  private static MarketSnapshot eleven() {
    List<String> rows = new ArrayList<>();
    for (int k = 1; k <= 11; k++) {
      rows.add("2024-01-02 " + Markets.share(k) + " 10 10 10 10 1000000 10000000 10");
      rows.add("2024-01-03 " + Markets.share(k) + " 10.2 11 10.1 11 " + k + "000000 "
          + k * 10_500_000 + " 10");
    }
    Panel panel = bars(rows.toArray(String[]::new));
    return Markets.snapshot(panel, Markets.statuses(panel.symbols()));
  }

  private static SealFacts.Builder facts(int share) {
    return SealFacts.builder(Markets.share(share), DAY);
  }

  @Nested
  class TheFirstDesign {
    /**
     * 000001: seal 100 million, free-float value a billion, first sealed at 09:32, never broken.
     */
    private final Opinion opinion = opinion();

    private static Opinion opinion() {
      Symbol symbol = Symbol.parse("000001.SZ");
      LocalDate listed = LocalDate.of(1991, 4, 3);
      SecurityStatus status = new SecurityStatus(
          symbol,
          listed,
          Board.SZSE_MAIN,
          "平安银行",
          RiskWarning.NONE,
          Optional.of(listed),
          OptionalLong.of(100_000_000));
      Panel panel = bars(
          "2024-01-02 000001.SZ 9 9.2 8.9 9.09 1000000 9000000 9",
          "2024-01-03 000001.SZ 9.2 10 9.1 10 5000000 48000000 9.09");
      SealFacts facts = SealFacts.builder(symbol, DAY)
          .sealAmount(1e8)
          .firstSeal(LocalTime.of(9, 32))
          .breaks(0)
          .build();
      return LimitUpQualityAnalyst.builder()
          .seals(List.of(facts))
          .build()
          .analyze(Markets.snapshot(panel, Map.of(symbol, SecurityTimeline.of(List.of(status)))))
          .get(symbol);
    }

    @Test
    void whenItsVectorIsGiven_thenRatioTimeAndStabilityAreThoseOfTheDesign() {
      assertThat(part(opinion, "seal").raw()).isEqualTo(0.1);
      assertThat(part(opinion, "time").normalised()).isEqualTo(1.0);
      assertThat(part(opinion, "time").raw()).isEqualTo(2);
      assertThat(part(opinion, "stability").normalised()).isEqualTo(1.0);
    }

    @Test
    void whenThereAreNoOthersToCompareWith_thenItAbstains() {
      assertThat(part(opinion, "seal").known()).isFalse();
      assertThat(opinion).isInstanceOf(Opinion.Abstained.class);
      assertThat(opinion.coverage()).isEqualTo(0.3);
    }
  }

  @Test
  void whenOnlyDailyBarsAreKnown_thenItAbstainsOnEverySealedShareAndLeavesOutTheOthers() {
    Panel panel = bars(
        "2024-01-02 600001.SH 10 10 10 10 1000000 10000000 10",
        "2024-01-03 600001.SH 10.2 11 10.1 11 1000000 10500000 10",
        "2024-01-03 600002.SH 10.2 11 10.1 10.99 1000000 10500000 10");
    Map<Symbol, Opinion> opinions =
        new LimitUpQualityAnalyst().analyze(Markets.snapshot(panel, Map.of()));
    assertThat(opinions).containsOnlyKeys(Markets.share(1));
    assertThat(opinions.get(Markets.share(1))).isInstanceOf(Opinion.Abstained.class);
  }

  @Test
  void whenEverythingButFlowAndMoodIsSupplied_thenTheScoreIsTheWeightedMeanOfTheParts() {
    List<SealFacts> seals = new ArrayList<>();
    for (int k = 1; k <= 11; k++) {
      seals.add(facts(k)
          .sealAmount(11e6 * k)
          .firstSeal(LocalTime.of(9, 40))
          .breaks(1)
          .trend(0)
          .continuation(0.25)
          .build());
    }
    Map<Symbol, Opinion> opinions =
        LimitUpQualityAnalyst.builder().seals(seals).build().analyze(eleven());
    Opinion.Scored sixth = (Opinion.Scored) opinions.get(Markets.share(6));
    // Seal / float value is k × 11e6 / (1e8 × 11) = k %, the sixth of eleven; seal / amount is
    // equal for all: 0.5 each.
    assertThat(part(sixth, "seal").raw()).isCloseTo(0.06, within(1e-15));
    assertThat(part(sixth, "seal").normalised()).isCloseTo(0.5, within(1e-12));
    // The median turnover of the ten others is 6 % as its own: (5 % + 7 %) / 2.
    assertThat(part(sixth, "turnover").normalised()).isCloseTo(1, within(1e-12));
    double turnover11 = 1 - Math.log(11 / 5.5) / Math.log(4);
    assertThat(part(opinions.get(Markets.share(11)), "turnover").normalised())
        .isCloseTo(turnover11, within(1e-12));
    assertThat(sixth.coverage()).isEqualTo(0.8);
    double mean =
        (0.20 * 0.5 + 0.15 * 0.8 + 0.15 / 1.3 + 0.10 * 0.5 + 0.10 * 1 + 0.10 * 0.25) / 0.8;
    assertThat(sixth.score()).isCloseTo(2 * mean - 1, within(1e-12));
    assertThat(sixth.flags()).containsExactly("WATCH");
    assertThat(sixth.warnings()).anyMatch(warning -> warning.contains("below 0.70"));
    double lower = ((Opinion.Scored) opinions.get(Markets.share(5))).score();
    assertThat(part(opinions.get(Markets.share(5)), "seal").normalised()).isLessThan(0.5);
    assertThat(lower).isLessThan(sixth.score());
  }

  @Test
  void whenTheBoardIsGood_thenItIsABuyCandidateAndABrokenOneIsNot() {
    List<SealFacts> seals = new ArrayList<>();
    for (int k = 1; k <= 11; k++) {
      seals.add(facts(k)
          .sealAmount(11e6 * k * k)
          .firstSeal(LocalTime.of(9, 31))
          .breaks(k == 10 ? 3 : 0)
          .trend(2)
          .flow(0.9)
          .continuation(0.9)
          .build());
    }
    Map<Symbol, Opinion> opinions =
        LimitUpQualityAnalyst.builder().seals(seals).build().analyze(eleven());
    assertThat(opinions.get(Markets.share(9)).flags()).containsExactly("BUY_CANDIDATE");
    assertThat(opinions.get(Markets.share(10)).flags())
        .contains("ROTTEN_BOARD")
        .doesNotContain("BUY_CANDIDATE");
  }

  @Test
  void whenFactsBecomePublicOnTheNextDay_thenTheyAreNotUsed() {
    List<SealFacts> seals = List.of(facts(1)
        .asOf(DAY.plusDays(1))
        .sealAmount(1e8)
        .firstSeal(LocalTime.of(9, 31))
        .build());
    Opinion opinion = LimitUpQualityAnalyst.builder()
        .seals(seals)
        .build()
        .analyze(eleven())
        .get(Markets.share(1));
    assertThat(part(opinion, "time").known()).isFalse();
  }

  @Nested
  class OneWordBoard {
    private final Panel panel = bars(
        "2024-01-01 600001.SH 9 9.09 9 9.09 1000000 10000000 8.5",
        "2024-01-02 600001.SH 10 10 10 10 1000000 10000000 9.09",
        "2024-01-03 600001.SH 11 11 11 11 1000000 11000000 10");

    @Test
    void whenEveryPriceWasLimitUp_thenItIsUnbuyableAndItsTimeAndBreaksAreProven() {
      Opinion opinion = new LimitUpQualityAnalyst()
          .analyze(Markets.snapshot(panel, Map.of()))
          .get(Markets.share(1));
      assertThat(opinion.flags()).containsExactly("UNBUYABLE", "ONE_WORD", "STREAK_2");
      assertThat(part(opinion, "time").normalised()).isEqualTo(1);
      assertThat(part(opinion, "time").raw()).isZero();
      assertThat(part(opinion, "stability").normalised()).isEqualTo(1);
    }

    @Test
    void whenItScoresHigh_thenItIsStillNoBuyCandidate() {
      SealFacts facts = facts(1).trend(5).flow(1).continuation(1).build();
      Opinion opinion = LimitUpQualityAnalyst.builder()
          .seals(List.of(facts))
          .build()
          .analyze(Markets.snapshot(panel, Map.of()))
          .get(Markets.share(1));
      assertThat(opinion).isInstanceOf(Opinion.Scored.class);
      assertThat(opinion.flags()).contains("UNBUYABLE", "WATCH").doesNotContain("BUY_CANDIDATE");
    }
  }

  @Test
  void whenPricesAreBeyondTheLimits_thenItAbstains() {
    Panel panel = bars(
        "2024-01-02 600001.SH 10 10 10 10 1000000 10000000 10",
        "2024-01-03 600001.SH 10 12 10 11 1000000 11000000 10");
    Opinion opinion = new LimitUpQualityAnalyst()
        .analyze(Markets.snapshot(panel, Map.of()))
        .get(Markets.share(1));
    assertThat(opinion).isInstanceOf(Opinion.Abstained.class);
    assertThat(opinion.warnings()).anyMatch(warning -> warning.contains("beyond"));
  }

  @ParameterizedTest
  @CsvSource({
    "09:25:00, 1.0", "09:34:59, 1.0", "09:35:00, 0.8", "09:59:59, 0.8", "10:00:00, 0.5",
    "11:30:00, 0.5", "13:00:00, 0.5", "13:59:59, 0.5", "14:00:00, 0.3", "15:00:00, 0.3"
  })
  void whenFirstSealed_thenTheValueFollowsTheTable(LocalTime time, double value) {
    assertThat(StandardLimitUp.time(time)).isEqualTo(value);
  }

  @Nested
  class Legacy {
    private Opinion opinion(int share, SealFacts facts) {
      return LimitUpQualityAnalyst.builder()
          .preset(Preset.LEGACY)
          .seals(List.of(facts))
          .build()
          .analyze(eleven())
          .get(Markets.share(share));
    }

    @Test
    void whenAllIsKnown_thenThePointsAreThoseOfTheTable() {
      // Seal 11 % of the float 30, 10:30 15, one break 10, turnover 2 % 5, volume twice that of the
      // day before 15.
      Opinion.Scored opinion = (Opinion.Scored) opinion(
          2,
          facts(2)
              .sealAmount(0.11 * 11e8)
              .firstSeal(LocalTime.of(10, 30))
              .breaks(1)
              .build());
      assertThat(opinion.score01()).isCloseTo(0.75, within(1e-12));
      assertThat(opinion.coverage()).isEqualTo(1);
      // Seal 6 % 20, 14:00 5, three breaks 0, turnover 8 % 15, volume eight times 0.
      Opinion.Scored worse = (Opinion.Scored) opinion(
          8,
          facts(8)
              .sealAmount(0.06 * 11e8)
              .firstSeal(LocalTime.of(14, 0))
              .breaks(3)
              .build());
      assertThat(worse.score01()).isCloseTo(0.40, within(1e-12));
    }

    @Test
    void whenNothingIsKnownBesideBars_thenItAbstainsInsteadOfEarningPoints() {
      assertThat(opinion(2, facts(3).build())).isInstanceOf(Opinion.Abstained.class);
    }
  }
}

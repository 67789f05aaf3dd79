package io.qilin.agents.analyst;

import static io.qilin.agents.analyst.Records.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.SnapshotRecords;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketBreadth;
import io.qilin.api.record.PublicationTimes;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketEcologyAnalystTest {
  private static MarketDays days(Panel panel) {
    return MarketDays.of(
        LimitUpFacts.of(panel, Markets.statuses(panel.symbols()), MarketRuleBook.aShare()),
        Markets.statuses(panel.symbols()));
  }

  @Nested
  class Counts {
    /** Day 1: A and B sealed, C broken, D down. Day 2: A sealed again, B −8 %, others stand. */
    private final Panel panel = Records.bars(List.of(
        "2024-01-02 600001.SH 10 11 10 11 1000 11000 10",
        "2024-01-02 600002.SH 11 11 11 11 1000 11000 10",
        "2024-01-02 600003.SH 10 11 10 10.2 1000 10200 10",
        "2024-01-02 600004.SH 10 10 9 9 1000 9000 10",
        "2024-01-03 600001.SH 11.5 12.1 11 12.1 1000 12100 11",
        "2024-01-03 600002.SH 11 11 10 10.12 1000 10120 11",
        "2024-01-03 600003.SH 10 10.3 10 10.2 1000 10200 10.2",
        "2024-01-03 600004.SH 9 9.2 9 9.1 1000 9100 9"));

    @Test
    void whenCounted_thenEveryNumberIsTheOneOfTheBars() {
      MarketDay first = days(panel).day(0);
      assertThat(first.traded()).isEqualTo(4);
      assertThat(first.sealed()).isEqualTo(2);
      assertThat(first.naturallySealed()).isEqualTo(1);
      assertThat(first.broken()).isEqualTo(1);
      assertThat(first.limitDown()).isEqualTo(1);
      assertThat(first.advance()).isEqualTo(3);
      assertThat(first.decline()).isEqualTo(1);
      assertThat(first.longestStreak()).isEqualTo(1);
      assertThat(first.breadth()).isEqualTo(0.25);
      assertThat(first.survival()).isCloseTo(2 / 3.0, within(1e-12));
      assertThat(first.promotion()).isNaN();
      assertThat(first.amount()).isEqualTo(41_200);
      MarketDay second = days(panel).day(1);
      assertThat(second.promotion()).isEqualTo(0.5);
      assertThat(second.openPremium()).isCloseTo((0.5 / 11 + 0) / 2, within(1e-12));
      assertThat(second.followReturn()).isCloseTo((0.1 - 0.08) / 2, within(1e-12));
      assertThat(second.losers()).isEqualTo(1);
      assertThat(second.unhurt()).isEqualTo(0.5);
      assertThat(second.longestStreak()).isEqualTo(2);
      assertThat(second.advanceShare()).isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void whenAShareIsUnderWarning_thenItDoesNotCount() {
      Map<Symbol, io.qilin.api.market.SecurityTimeline> statuses =
          Markets.statuses(panel.symbols());
      statuses.put(
          Markets.share(1), Markets.status(Markets.share(1), io.qilin.api.market.RiskWarning.ST));
      MarketDays days =
          MarketDays.of(LimitUpFacts.of(panel, statuses, MarketRuleBook.aShare()), statuses);
      assertThat(days.day(0).traded()).isEqualTo(3);
      assertThat(days.day(0).sealed()).isEqualTo(1);
    }

    @Property(tries = 12)
    void whenCountedQuickly_thenTheCountsAreThoseOfEveryBar(
        @ForAll @IntRange(min = 1, max = 10_000) int seed) {
      Panel random = Panels.random(30, 120, 0.1, seed);
      var statuses = Markets.statuses(random.symbols());
      LimitUpFacts facts = LimitUpFacts.of(random, statuses, MarketRuleBook.aShare());
      MarketDays quick = MarketDays.of(facts, statuses);
      MarketDays slow = MarketDays.slowly(facts, statuses);
      int sealed = 0;
      for (int d = 0; d < quick.size(); d++) {
        assertThat(quick.day(d)).usingRecursiveComparison().isEqualTo(slow.day(d));
        sealed += quick.day(d).sealed();
      }
      assertThat(sealed).isPositive();
      for (ShareKind kind : ShareKind.values()) {
        assertThat(quick.followReturn(kind)).isEqualTo(slow.followReturn(kind));
      }
      for (int i = 0; i < random.symbols().size(); i++) {
        assertThat(quick.kind(i)).isEqualTo(slow.kind(i));
      }
    }
  }

  @Nested
  class Phases {
    @ParameterizedTest
    @CsvSource({
      "0.10, 0.05, ICE", "0.199, -0.05, ICE", "0.20, 0, REPAIR", "0.20, -0.01, EBB",
      "0.50, 0, RISE", "0.50, -0.01, DIVERGENCE", "0.80, 0, CLIMAX", "0.95, -0.01, DIVERGENCE"
    })
    void whenLevelAndSlopeAreKnown_thenThePhaseFollows(
        double level, double slope, MarketPhase phase) {
      assertThat(MarketPhase.of(level, slope)).isEqualTo(phase);
    }

    @Test
    void whenANewPhaseHoldsForOneDayOnly_thenTheOldOneStays() {
      double[] rising = {0.5, 0.5, 0.5, 0.6, 0.7, 0.75};
      assertThat(MarketCycle.phase(rising)).contains(MarketPhase.RISE);
      double[] oneDay = {0.5, 0.5, 0.5, 0.6, 0.7, 0.75, 0.55};
      assertThat(MarketCycle.phase(oneDay)).contains(MarketPhase.RISE);
      double[] twoDays = {0.5, 0.5, 0.5, 0.6, 0.7, 0.75, 0.55, 0.52};
      assertThat(MarketCycle.phase(twoDays)).contains(MarketPhase.DIVERGENCE);
    }

    @Test
    void whenTooLittleIsKnown_thenThereIsNoPhase() {
      assertThat(MarketCycle.phase(new double[] {0.5, 0.5})).isEmpty();
      assertThat(MarketCycle.phase(new double[] {Double.NaN, 1, 1, 1, Double.NaN, 1}))
          .isEmpty();
    }
  }

  private static MarketSnapshot random() {
    Panel panel = Panels.random(48, 320, 20240102L);
    Panel until = panel.until(panel.days().get(300));
    return Markets.snapshot(until, Markets.statuses(until.symbols()));
  }

  @Test
  void whenAskedOnAnOrdinaryDay_thenEveryShareGetsTheMoodAndItsKind() {
    MarketSnapshot snapshot = random();
    Map<Symbol, Opinion> opinions = new MarketEcologyAnalyst().analyze(snapshot);
    assertThat(opinions).hasSizeGreaterThan(20);
    MarketDays days = days(snapshot.raw());
    double breadth = MarketMood.rank(days.values(30, MarketDay::breadth), days.size() - 1);
    double advance = MarketMood.rank(days.values(30, MarketDay::advanceShare), days.size() - 1);
    opinions.forEach((symbol, opinion) -> {
      assertThat(part(opinion, "breadth").raw()).isEqualTo(days.last().breadth());
      assertThat(part(opinion, "breadth").normalised())
          .isCloseTo((breadth + advance) / 2, within(1e-12));
      ShareKind kind = days.kind(snapshot.raw().indexOf(symbol)).orElse(null);
      if (kind != null) {
        assertThat(opinion.flags()).contains("KIND_" + kind);
        days.followReturn(kind)
            .ifPresent(mean -> assertThat(part(opinion, "kind").normalised())
                .isCloseTo(Math.max(0, Math.min(1, 0.5 + 10 * mean)), within(1e-12)));
      }
    });
    assertThat(opinions.values()).anyMatch(opinion -> opinion instanceof Opinion.Scored);
  }

  @Test
  void whenHistoryIsShort_thenItAbstains() {
    Panel panel = Panels.random(48, 40, 20240102L);
    assertThat(new MarketEcologyAnalyst()
            .analyze(Markets.snapshot(panel, Map.of()))
            .values())
        .isNotEmpty()
        .allMatch(Records::abstains);
  }

  @Test
  void whenASourceCountsAnotherMarket_thenThatIsWarnedOf() {
    MarketSnapshot snapshot = random();
    var time = PublicationTimes.ofDailyFigures(snapshot.day());
    MarketBreadth breadth =
        new MarketBreadth(time, time, Records.SOURCE, 80, 20, 5, 3000, 2000, 1e12, List.of());
    Opinion opinion = new MarketEcologyAnalyst()
        .analyze(snapshot.withRecords(SnapshotRecords.of(List.of(breadth), time)))
        .values()
        .iterator()
        .next();
    assertThat(opinion.warnings()).anyMatch(warning -> warning.contains("80 sealed"));
  }

  @Test
  void whenMinSharesIsNotPositive_thenItIsRefused() {
    assertThatThrownBy(() -> MarketEcologyAnalyst.builder().minShares(0))
        .isInstanceOf(QilinException.class);
  }

  @Nested
  class Legacy {
    @Test
    void whenFiftyAreSealed_thenThePointsAreThoseOfTheTable() {
      List<String> rows = new ArrayList<>();
      for (LocalDate day : Panels.weekdays(LocalDate.of(2024, 1, 1), 3)) {
        for (int k = 1; k <= 60; k++) {
          boolean sealed = k <= 3 || (k <= 50 && day.equals(Records.DAY));
          rows.add(day + " " + Markets.share(k) + (sealed ? " 10 11 10 11" : " 10 10 10 10")
              + " 1000 10000 10");
        }
      }
      Opinion.Scored opinion = (Opinion.Scored) MarketEcologyAnalyst.builder()
          .preset(Preset.LEGACY)
          .build()
          .analyze(Records.known(Records.bars(rows), List.of()))
          .get(Markets.share(60));
      assertThat(opinion.coverage()).isEqualTo(0.715);
      assertThat(opinion.score01()).isCloseTo((0.429 * 2 / 3 + 0.286 * 0.5) / 0.715, within(1e-12));
    }
  }
}

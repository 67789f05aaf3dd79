package io.qilin.agents.analyst;

import static io.qilin.agents.analyst.Records.DAY;
import static io.qilin.agents.analyst.Records.SESSION;
import static io.qilin.agents.analyst.Records.abstains;
import static io.qilin.agents.analyst.Records.auction;
import static io.qilin.agents.analyst.Records.flow;
import static io.qilin.agents.analyst.Records.known;
import static io.qilin.agents.analyst.Records.part;
import static io.qilin.agents.analyst.Records.score;
import static io.qilin.agents.analyst.Records.seal;
import static io.qilin.agents.analyst.Records.seat;
import static io.qilin.agents.analyst.Records.theme;
import static io.qilin.api.record.LhbSeatRow.SeatSide.BUY5;
import static io.qilin.api.record.LhbSeatRow.SeatSide.SELL5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.analysis.Analyst;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.AuctionTick;
import io.qilin.api.record.FlowConvention;
import io.qilin.api.record.LhbSeatRow;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.MoneyFlowDaily;
import io.qilin.api.record.NewsItem;
import io.qilin.api.record.OrderFlow;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.record.SourceTier;
import io.qilin.core.rules.LimitUpFact;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.core.rules.Sessions;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Each defect that the older qilin_stack is known for, by the part of its description, and that it
 * is not here.
 */
class DomainDefectsTest {
  private static final Symbol SHARE = Markets.share(1);

  private static LimitUpFact fact(String prices, double reference) {
    Panel panel =
        Records.bars(List.of(DAY + " " + SHARE + " " + prices + " 1000 10000 " + reference));
    return LimitUpFacts.of(panel, Map.of(), MarketRuleBook.aShare()).at(0, 0);
  }

  @Nested
  class Units {
    @Test
    void whenTimesAreCompared_thenNineFortyFiveIsBeforeTen() {
      assertThat(StandardLimitUp.time(LocalTime.of(9, 45)))
          .isGreaterThan(StandardLimitUp.time(LocalTime.of(10, 0)));
    }

    @Test
    void whenMinutesAreCounted_thenLunchIsLeftOut() {
      assertThat(Sessions.minutesElapsed(LocalTime.of(13, 0))).isEqualTo(120);
      assertThat(Sessions.minutesElapsed(LocalTime.of(15, 0))).isEqualTo(240);
    }

    @Test
    void whenMainFlowIsTwoAndAHalfPercent_thenTheRatioIsAFractionAndDoesNotSaturate() {
      Opinion opinion = MoneyFlow.of(flow(SHARE, DAY, 3.5e7, 1e7));
      assertThat(part(opinion, "main-ratio").raw()).isCloseTo(0.025, within(1e-15));
    }

    @Test
    void whenNetBuyingIsGivenInYuan_thenFiveCroreOfTenPercentDoesNotSaturateByItsUnit() {
      Opinion small = LonghuBang.of(seat(SHARE, BUY5, "甲", 2e7, 0, 1e9));
      Opinion large = LonghuBang.of(seat(SHARE, BUY5, "甲", 8e7, 0, 1e9));
      assertThat(part(small, "net-to-amount").normalised())
          .isLessThan(part(large, "net-to-amount").normalised());
    }
  }

  @Nested
  class PointsForAbsence {
    private final Panel panel = Panels.random(40, 3, 7);

    private void silent(Analyst analyst) {
      assertThat(analyst.analyze(known(panel, List.of())).values()).allMatch(Records::abstains);
    }

    @Test
    void whenAllInputsAreEmpty_thenNobodyEarnsAPoint() {
      for (Preset preset : Preset.values()) {
        silent(new MoneyFlowAnalyst(preset, new LimitUpMemo()));
        silent(new CallAuctionAnalyst(preset, new LimitUpMemo()));
        silent(LonghuBangAnalyst.builder().preset(preset).build());
        silent(DragonHeadAnalyst.builder().preset(preset).build());
        silent(LimitUpQualityAnalyst.builder().preset(preset).build());
      }
      silent(new MarketEcologyAnalyst());
    }
  }

  @Nested
  class LimitUpFactsOfADay {
    @Test
    void whenLimitUpWasOnlyTouched_thenTheShareIsNotSealed() {
      LimitUpFact touched = fact("10 11 10 10.2", 10);
      assertThat(touched.touched()).isTrue();
      assertThat(touched.sealed()).isFalse();
      assertThat(touched.broken()).isTrue();
    }

    @Test
    void whenThePriceIsOneTickBelow_thenNoToleranceMakesItSealed() {
      assertThat(fact("10 10.99 10 10.99", 10).touched()).isFalse();
      assertThat(fact("300 329.99 300 329.99", 300).sealed()).isFalse();
      assertThat(fact("300 328.5 300 328.5", 300).sealed()).isFalse();
    }

    @Test
    void whenThePreviousCloseIsLow_thenALimitBelowNinePointNinePercentIsOne() {
      assertThat(fact("1.1 1.15 1.1 1.15", 1.05).sealed()).isFalse();
      assertThat(fact("1.1 1.16 1.1 1.16", 1.05).sealed()).isTrue();
      // 10 % of 3.94 is 0.394: the limit 4.33 is 9.898 % up.
      assertThat(fact("4 4.33 4 4.33", 3.94).sealed()).isTrue();
    }

    @Test
    void whenAnOrdinaryFirstBoardNeverBroke_thenItIsNoOneWordBoard() {
      assertThat(fact("10.2 11 10.1 11", 10).oneWord()).isFalse();
      assertThat(fact("10.9 11 10.9 11", 10).oneWord()).isFalse();
      assertThat(fact("11 11 11 11", 10).oneWord()).isTrue();
    }

    @Test
    void whenItOpensLowAndSeals_thenItIsNoTBoard() {
      assertThat(fact("9.5 11 9.4 11", 10).tBoard()).isFalse();
      assertThat(fact("11 11 10.5 11", 10).tBoard()).isTrue();
      assertThat(fact("9.5 11 9 11", 10).floorToHeaven()).isTrue();
    }

    @Test
    void whenItFallsFromHeavenToFloor_thenThatIsSeen() {
      assertThat(fact("10 11 9 9", 10).heavenToFloor()).isTrue();
    }

    @Test
    void whenThreeLimitUpsLieApart_thenTheyAreNoStreakAndASuspensionBreaksNone() {
      Panel panel = Records.bars(List.of(
          "2024-01-02 600001.SH 10 11 10 11 1 1 10",
          "2024-01-03 600001.SH 11 11 11 11 1 1 11",
          "2024-01-04 600001.SH 11 12.1 11 12.1 1 1 11",
          "2024-01-02 600002.SH 10 11 10 11 1 1 10",
          "2024-01-04 600002.SH 11 12.1 11 12.1 1 1 11"));
      LimitUpFacts facts = LimitUpFacts.of(panel, Map.of(), MarketRuleBook.aShare());
      assertThat(facts.streak(0, 2)).isEqualTo(1);
      assertThat(facts.streak(1, 2)).isEqualTo(2);
    }

    @Test
    void whenItFirstTouchesAndSealsLater_thenTheFirstSealIsNotTheFirstTouch() {
      Panel panel = Records.bars(List.of(DAY + " " + SHARE + " 10.2 11 10.1 11 1000 10500 10"));
      MarketSnapshot snapshot = known(
          panel,
          List.of(
              seal(SHARE, DAY, "09:40:00", 1e5, 5e5),
              seal(SHARE, DAY, "10:10:00", 1e6, 0),
              seal(SHARE, DAY, "15:00:00", 2e6, 0)));
      SealFacts facts = new LimitUpMemo().seal(snapshot, 0, 0).orElseThrow().facts();
      assertThat(facts.firstSeal()).contains(LocalTime.of(10, 10));
    }

    @Test
    void whenMuchWasTradedAfterTheFirstTouch_thenThatIsNotTheSeal() {
      Panel panel =
          Records.bars(List.of(DAY + " " + SHARE + " 10.2 11 10.1 11 90000000 980000000 10"));
      MarketSnapshot bare = known(panel, List.of());
      assertThat(
              part(new LimitUpQualityAnalyst().analyze(bare).get(SHARE), "seal").raw())
          .isNaN();
      MarketSnapshot withQueue = known(panel, List.of(seal(SHARE, DAY, "15:00:00", 1e6, 0)));
      // A million shares in a float of a hundred million.
      assertThat(part(new LimitUpQualityAnalyst().analyze(withQueue).get(SHARE), "seal")
              .raw())
          .isCloseTo(0.01, within(1e-12));
    }

    @Test
    void whenMinutesLieBelowTheLimit_thenBreaksAreChangesNotMinutes() {
      Panel panel = Records.bars(List.of(DAY + " " + SHARE + " 10.2 11 10.1 11 1000 10500 10"));
      MarketSnapshot snapshot = known(
          panel,
          List.of(
              Records.minute(SHARE, DAY, "09:31:00", 10.8, 11),
              Records.minute(SHARE, DAY, "09:32:00", 10.7, 10.7),
              Records.minute(SHARE, DAY, "09:33:00", 10.6, 10.6),
              Records.minute(SHARE, DAY, "09:34:00", 10.6, 10.7),
              Records.minute(SHARE, DAY, "09:35:00", 10.7, 11),
              Records.minute(SHARE, DAY, "15:00:00", 11, 11)));
      assertThat(new LimitUpMemo().seal(snapshot, 0, 0).orElseThrow().facts().breaks())
          .hasValue(1);
    }

    @Test
    void whenYesterdaysSealedAreFollowed_thenThePremiumIsThatOfTheOpeningNotZero() {
      Panel panel = Records.bars(List.of(
          "2024-01-02 600001.SH 10 11 10 11 1 1 10",
          "2024-01-03 600001.SH 11.55 11.6 10.4 10.45 1 1 11"));
      MarketDays days =
          MarketDays.of(LimitUpFacts.of(panel, Map.of(), MarketRuleBook.aShare()), Map.of());
      assertThat(days.last().openPremium()).isCloseTo(0.05, within(1e-12));
      assertThat(days.last().followReturn()).isCloseTo(-0.05, within(1e-12));
    }
  }

  @Nested
  class LimitUpQuality {
    @Test
    void whenTwoSealAtDifferentTimes_thenTheOneOfNineThirtyOneIsNotConfusedWithTheOneOfTwo() {
      List<String> rows = new ArrayList<>();
      for (int k = 1; k <= 2; k++) {
        rows.add(DAY + " " + Markets.share(k) + " 10.2 11 10.1 11 1000 10500 10");
      }
      Map<Symbol, Opinion> opinions = new LimitUpQualityAnalyst()
          .analyze(known(
              Records.bars(rows),
              List.of(
                  seal(Markets.share(2), DAY, "14:00:00", 1e6, 0),
                  seal(Markets.share(1), DAY, "09:31:00", 1e6, 0))));
      assertThat(part(opinions.get(Markets.share(1)), "time").normalised()).isEqualTo(1);
      assertThat(part(opinions.get(Markets.share(2)), "time").normalised()).isEqualTo(0.3);
    }

    @Test
    void whenNoHistoryIsKnown_thenContinuationIsNotAConstant() {
      Panel panel = Records.bars(List.of(DAY + " " + SHARE + " 10.2 11 10.1 11 1000 10500 10"));
      Opinion opinion =
          new LimitUpQualityAnalyst().analyze(known(panel, List.of())).get(SHARE);
      assertThat(part(opinion, "continuation").known()).isFalse();
      assertThat(part(opinion, "flow").known()).isFalse();
    }
  }

  @Nested
  class DragonHead {
    private final Panel panel = panel();

    private static Panel panel() {
      List<String> rows = new ArrayList<>();
      for (int k = 1; k <= 4; k++) {
        rows.add(DAY + " " + Markets.share(k) + " 10 11 10 11 1000 " + 10_000 * k + " 10");
      }
      return Records.bars(rows);
    }

    private List<MarketRecord> themes(int members) {
      List<MarketRecord> records = new ArrayList<>();
      for (int k = 1; k <= members; k++) {
        records.add(theme(Markets.share(k), "t"));
      }
      return records;
    }

    @Test
    void whenThereIsOneCandidate_thenItIsNoLeaderAndNothingIsDividedByZero() {
      assertThat(new DragonHeadAnalyst().analyze(known(panel, themes(1)))).isEmpty();
    }

    @Test
    void whenSharesSealWithoutAnyTheme_thenTheFirstOfAnIndustryIsNoLeader() {
      assertThat(new DragonHeadAnalyst().analyze(known(panel, List.of()))).isEmpty();
    }

    @Test
    void whenItSealsLast_thenItLeadsNobodyHoweverLarge() {
      List<MarketRecord> records = themes(4);
      records.add(seal(Markets.share(4), DAY, "14:00:00", 1e6, 0));
      for (int k = 1; k <= 3; k++) {
        records.add(seal(Markets.share(k), DAY, "09:4" + k + ":00", 1e6, 0));
      }
      Map<Symbol, Opinion> opinions = new DragonHeadAnalyst().analyze(known(panel, records));
      assertThat(opinions.get(Markets.share(4)).flags()).doesNotContain("THEME_LEADER");
      assertThat(opinions.get(Markets.share(1)).flags()).contains("THEME_LEADER");
    }

    @Test
    void whenTitlesHoldNamesAndNotCodes_thenTheNewsStillCounts() {
      List<MarketRecord> records = themes(4);
      records.add(new NewsItem(
          Records.at(DAY, "20:00:00"),
          Records.at(DAY, "20:00:00"),
          Records.SOURCE,
          "某某股份再度涨停",
          "",
          SourceTier.MEDIA,
          Optional.empty(),
          List.of(SHARE)));
      Map<Symbol, Opinion> opinions =
          DragonHeadAnalyst.builder().preset(Preset.LEGACY).build().analyze(known(panel, records));
      assertThat(part(opinions.get(SHARE), "news").raw()).isEqualTo(1);
      assertThat(part(opinions.get(Markets.share(2)), "news").raw()).isZero();
    }

    @Test
    void whenAShareIsSmall_thenItsSizeCostsNothing() {
      assertThat(DragonHeadAnalyst.SHEET.parts())
          .noneMatch(part -> part.name().contains("size") || part.name().contains("cap"));
      assertThat(DragonHeadAnalyst.LEGACY_SHEET.parts())
          .noneMatch(part -> part.name().contains("size") || part.name().contains("cap"));
    }
  }

  @Nested
  class MoneyFlow {
    private static Opinion of(MoneyFlowDaily... flows) {
      Panel panel =
          Records.bars(List.of(DAY + " " + SHARE + " 10 10.2 9.9 10.1 100000000 1000000000 10"));
      return new MoneyFlowAnalyst().analyze(known(panel, List.of(flows))).get(SHARE);
    }

    @Test
    void whenRetailHasTheSameSignAsMain_thenThatIsNoSecondEvidence() {
      MoneyFlowDaily same = new MoneyFlowDaily(
          SHARE,
          DAY,
          PublicationTimes.ofDailyFigures(DAY),
          Records.SOURCE,
          FlowConvention.EASTMONEY,
          new OrderFlow(3e7, 1e7),
          new OrderFlow(0, 0),
          new OrderFlow(4e8, 3e8),
          new OrderFlow(5e8, 4e8),
          Double.NaN,
          Double.NaN,
          OptionalDouble.empty());
      assertThat(of(same)).isEqualTo(of(flow(SHARE, DAY, 3e7, 1e7)));
    }

    @Test
    void whenNoFlowIsKnown_thenNoConstantStandsForIt() {
      Opinion opinion = of();
      assertThat(abstains(opinion)).isTrue();
      assertThat(opinion.components()).noneMatch(component -> component.known());
    }

    @Test
    void whenNorthboundEnded_thenItIsAbsentAndNotZero() {
      Panel panel = Records.bars(
          List.of("2024-08-20 " + SHARE + " 10 10.2 9.9 10.1 100000000 1000000000 10"));
      Opinion opinion = new MoneyFlowAnalyst(Preset.LEGACY, new LimitUpMemo())
          .analyze(known(panel, List.of(flow(SHARE, LocalDate.of(2024, 8, 20), 3e7, 1e7))))
          .get(SHARE);
      assertThat(part(opinion, "northbound").known()).isFalse();
      assertThat(opinion.coverage()).isEqualTo(0.7);
    }
  }

  @Nested
  class LonghuBang {
    private static Opinion of(LhbSeatRow... rows) {
      return of(new LonghuBangAnalyst(), rows);
    }

    private static Opinion of(LonghuBangAnalyst analyst, LhbSeatRow... rows) {
      Panel panel =
          Records.bars(List.of(DAY + " " + SHARE + " 10 10.9 9.9 10.9 100000000 1000000000 10"));
      return analyst.analyze(known(panel, List.of(rows))).get(SHARE);
    }

    private static LonghuBangAnalyst knowing(String alias, KnownSeat.Kind kind) {
      return LonghuBangAnalyst.builder()
          .preset(Preset.LEGACY)
          .knownSeats(List.of(new KnownSeat(
              "name", Set.of(alias), kind, LocalDate.of(2020, 1, 1), Optional.empty())))
          .build();
    }

    @Test
    void whenASeatStandsInBothLists_thenItCountsOnceWithBothSides() {
      Opinion opinion = of(
          seat(SHARE, BUY5, "甲", 5e7, 4e7, 1e9),
          seat(SHARE, SELL5, "甲", 5e7, 4e7, 1e9),
          seat(SHARE, BUY5, "乙", 3e7, 2e7, 1e9));
      // By lists, 80 less 40 million would be 4 %.
      assertThat(part(opinion, "net-to-amount").raw()).isCloseTo(0.02, within(1e-15));
    }

    @Test
    void whenTheReasonHoldsTheWordLimitUp_thenTheBarStillDecides() {
      Opinion opinion = of(
          knowing("x", KnownSeat.Kind.HOT_MONEY),
          seat(SHARE, DAY, "连续三个交易日涨停", 1, BUY5, "甲", 5e7, 0, 1e9));
      assertThat(part(opinion, "limit-up").raw()).isZero();
    }

    @Test
    void whenASeatsNameHoldsAnAlias_thenTheFragmentIsNoHit() {
      Opinion opinion = of(
          knowing("拉萨", KnownSeat.Kind.HOT_MONEY), seat(SHARE, BUY5, "某证券拉萨东环路营业部", 5e7, 0, 1e9));
      assertThat(opinion.flags()).doesNotContain("KNOWN_BUYER");
      assertThat(part(opinion, "known-buyers").raw()).isZero();
    }

    @Test
    void whenARetailBranchBuys_thenItIsACrowdAndNoFamousBuyer() {
      Opinion opinion =
          of(knowing("拉萨营业部", KnownSeat.Kind.RETAIL), seat(SHARE, BUY5, "拉萨营业部", 5e7, 0, 1e9));
      assertThat(opinion.flags()).contains("RETAIL_CROWD").doesNotContain("KNOWN_BUYER");
      assertThat(part(opinion, "known-buyers").raw()).isZero();
    }

    @Test
    void whenSuperLargeOrdersBought_thenNoFamousSeatIsMadeUpFromThem() {
      Panel panel =
          Records.bars(List.of(DAY + " " + SHARE + " 10 10.9 9.9 10.9 100000000 1000000000 10"));
      assertThat(new LonghuBangAnalyst().analyze(known(panel, List.of(flow(SHARE, DAY, 5e8, 0)))))
          .isEmpty();
    }
  }

  @Nested
  class CallAuction {
    private Opinion of(Preset preset, AuctionTick... ticks) {
      List<String> rows = new ArrayList<>();
      List<AuctionTick> all = new ArrayList<>(List.of(ticks));
      for (int k = 1; k <= 6; k++) {
        rows.add(DAY + " " + Markets.share(k) + " 10 10.1 9.9 10 1000000 10000000 10");
        if (k > 1) {
          all.add(auction(Markets.share(k), SESSION, "09:25:00", 10 + 0.01 * k, 1000.0 * k, 0));
        }
      }
      return new CallAuctionAnalyst(preset, new LimitUpMemo())
          .analyze(known(Records.bars(rows), all))
          .get(SHARE);
    }

    @Test
    void whenTicksComeUnevenly_thenNineTwentyIsFoundByTheClockNotTheMiddle() {
      Opinion opinion = of(
          Preset.STANDARD,
          auction(SHARE, SESSION, "09:15:00", 10.9, 9000, 0),
          auction(SHARE, SESSION, "09:15:03", 10.9, 9000, 0),
          auction(SHARE, SESSION, "09:15:06", 10.9, 9000, 0),
          auction(SHARE, SESSION, "09:19:59", 10.9, 9000, 0),
          auction(SHARE, SESSION, "09:20:00", 10.1, 3000, 0),
          auction(SHARE, SESSION, "09:25:00", 10.2, 4000, 0));
      assertThat(part(opinion, "drift").raw()).isCloseTo(10.2 / 10.1 - 1, within(1e-12));
      assertThat(part(opinion, "steadiness").raw()).isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void whenATickComesAfterTheMatch_thenItIsNotOfThePhaseWithoutCancelling() {
      Opinion opinion = of(
          Preset.LEGACY,
          auction(SHARE, SESSION, "09:20:00", 10.1, 3000, 0),
          auction(SHARE, SESSION, "09:24:59", 10.1, 3000, 0),
          auction(SHARE, SESSION, "09:25:00", 10.5, 4000, 0),
          auction(SHARE, SESSION, "09:25:30", 10.5, 4000, 0));
      assertThat(part(opinion, "volatility").raw()).isZero();
    }

    @Test
    void whenThePriceIsGluedToTheLimit_thenItIsSteadyAndNotZero() {
      Opinion opinion = of(
          Preset.STANDARD,
          auction(SHARE, SESSION, "09:20:00", 11, 3000, 9e5),
          auction(SHARE, SESSION, "09:22:00", 11, 3000, 9e5),
          auction(SHARE, SESSION, "09:25:00", 11, 4000, 9e5));
      assertThat(part(opinion, "drift").normalised()).isEqualTo(1);
      assertThat(opinion.flags()).contains("GLUED_TO_LIMIT");
    }

    @Test
    void whenNoOrdersArePublic_thenLargeOnesAreNotAssumed() {
      Opinion opinion = of(Preset.LEGACY, auction(SHARE, SESSION, "09:25:00", 10.5, 4000, 0));
      assertThat(part(opinion, "large-orders").known()).isFalse();
    }

    @Test
    void whenTheAuctionIsWeak_thenTheScoreSaysSo() {
      Opinion opinion = of(
          Preset.STANDARD,
          auction(SHARE, SESSION, "09:19:00", 10, 9000, 0),
          auction(SHARE, SESSION, "09:20:00", 9.9, 2000, 0),
          auction(SHARE, SESSION, "09:25:00", 9.5, 1000, -9000));
      assertThat(score(opinion)).isLessThan(-0.7);
    }
  }

  @Nested
  class Ecology {
    @Test
    void whenBrokenBoardsAreCounted_thenTheyAreAmongTheTouchedAndNotTheSealed() {
      MarketDays days = days(
          List.of(DAY + " 600001.SH 10 11 10 11 1 1 10", DAY + " 600002.SH 10 11 10 10.5 1 1 10"));
      assertThat(days.last().survival()).isEqualTo(0.5);
    }

    @Test
    void whenReturnsAreTaken_thenFromTheReferenceAndNotTheOpening() {
      MarketDays days = days(List.of(
          "2024-01-02 600001.SH 10 11 10 11 1 1 10",
          "2024-01-03 600001.SH 12 12 11.5 11.55 1 1 11"));
      assertThat(days.last().advance()).isEqualTo(1);
      assertThat(days.last().followReturn()).isCloseTo(0.05, within(1e-12));
    }

    @Test
    void whenFewerSharesAreListed_thenTheDenominatorIsThoseThatTraded() {
      List<String> rows = new ArrayList<>();
      for (int k = 1; k <= 40; k++) {
        rows.add(
            DAY + " " + Markets.share(k) + (k <= 4 ? " 10 11 10 11" : " 10 10 10 10") + " 1 1 10");
      }
      assertThat(days(rows).last().breadth()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void whenTheDaysAscend_thenTheLastOnesAreTheRecentOnes() {
      List<String> rows = new ArrayList<>();
      for (LocalDate day : Panels.weekdays(LocalDate.of(2023, 11, 1), 46)) {
        boolean late = day.isAfter(LocalDate.of(2023, 12, 1));
        for (int k = 1; k <= 12; k++) {
          rows.add(day + " " + Markets.share(k) + (late ? " 10 10.2 10 10.2" : " 10 10 9.8 9.8")
              + " 1 1 10");
        }
      }
      MarketDays days = days(rows);
      assertThat(days.followReturn(ShareKind.FIRM).orElseThrow()).isCloseTo(0.02, within(1e-12));
      assertThat(days.followReturn(ShareKind.SOFT)).isEmpty();
    }

    @Test
    void whenTheMarketGrows_thenNoFixedCountDecidesAndNothingIsCutAtAHundred() {
      assertThat(rank(30)).isEqualTo(rank(60));
      assertThat(rank(30)).isBetween(0.0, 1.0);
    }

    /** The rank of a day on which a tenth was sealed, after 70 days on which nobody was. */
    private double rank(int shares) {
      List<String> rows = new ArrayList<>();
      List<LocalDate> all = Panels.weekdays(LocalDate.of(2023, 9, 27), 71);
      for (LocalDate day : all) {
        for (int k = 1; k <= shares; k++) {
          boolean sealed = day.equals(all.get(70)) && k <= shares / 10;
          rows.add(day + " " + Markets.share(k) + (sealed ? " 10 11 10 11" : " 10 10 10 10")
              + " 1 1 10");
        }
      }
      MarketDays days = days(rows);
      return MarketMood.rank(days.values(30, MarketDay::breadth), days.size() - 1);
    }

    private MarketDays days(List<String> rows) {
      return MarketDays.of(
          LimitUpFacts.of(Records.bars(rows), Map.of(), MarketRuleBook.aShare()), Map.of());
    }
  }
}

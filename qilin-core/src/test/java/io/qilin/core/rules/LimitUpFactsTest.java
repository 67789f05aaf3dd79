package io.qilin.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitUpFactsTest {
  private static final Symbol MAIN = Symbol.parse("600519.SH");
  private static final String HEADER = "day symbol open high low close volume pre_close\n";

  /** One bar on a reference of 10.00, whose limits are 11.00 and 9.00. */
  @Nested
  class OneBar {
    @ParameterizedTest
    @CsvSource({
      // open, high, low, close: touched sealed broken oneWord tBoard downSealed heavenToFloor
      // floorToHeaven
      "11.00, 11.00, 11.00, 11.00, true, true, false, true, false, false, false, false",
      "11.00, 11.00, 10.50, 11.00, true, true, false, false, true, false, false, false",
      "10.20, 11.00, 10.10, 11.00, true, true, false, false, false, false, false, false",
      "10.20, 11.00, 10.10, 10.20, true, false, true, false, false, false, false, false",
      "10.20, 10.99, 10.10, 10.99, false, false, false, false, false, false, false, false",
      "9.00, 9.00, 9.00, 9.00, false, false, false, false, false, true, false, false",
      "10.00, 11.00, 9.00, 9.00, true, false, true, false, false, true, true, false",
      "9.00, 11.00, 9.00, 11.00, true, true, false, false, false, false, false, true",
      "10.00, 11.00, 9.00, 11.00, true, true, false, false, false, false, false, true",
    })
    void whenTheBarIsRead_thenEveryTermHasItsExactMeaning(
        double open,
        double high,
        double low,
        double close,
        boolean touched,
        boolean sealed,
        boolean broken,
        boolean oneWord,
        boolean tBoard,
        boolean downSealed,
        boolean heavenToFloor,
        boolean floorToHeaven) {
      LimitUpFact fact = bar(open, high, low, close);
      assertThat(fact.touched()).isEqualTo(touched);
      assertThat(fact.sealed()).isEqualTo(sealed);
      assertThat(fact.broken()).isEqualTo(broken);
      assertThat(fact.oneWord()).isEqualTo(oneWord);
      assertThat(fact.tBoard()).isEqualTo(tBoard);
      assertThat(fact.limitDownSealed()).isEqualTo(downSealed);
      assertThat(fact.heavenToFloor()).isEqualTo(heavenToFloor);
      assertThat(fact.floorToHeaven()).isEqualTo(floorToHeaven);
      assertThat(fact.limitDownTouched()).isEqualTo(low == 9.00);
      assertThat(fact.beyondLimits()).isFalse();
      assertThat(fact.status()).isEqualTo(LimitStatus.LIMITED);
      assertThat(fact.limits()).contains(new PriceLimits(11_000, 9_000));
      assertThat(fact.streak()).isEqualTo(sealed ? 1 : 0);
    }

    @Test
    void whenAPriceIsBeyondALimit_thenItSaysSo() {
      assertThat(bar(10, 11.01, 10, 10).beyondLimits()).isTrue();
      assertThat(bar(10, 10, 8.99, 10).beyondLimits()).isTrue();
    }

    private LimitUpFact bar(double open, double high, double low, double close) {
      String row =
          "2024-01-02 600519.SH " + open + " " + high + " " + low + " " + close + " 100 10.00";
      return facts(HEADER + row, Map.of()).at(0, 0);
    }
  }

  @Nested
  class Streaks {
    @Test
    void whenAVolumeIsNegative_thenTheDayIsNoTradingDay() {
      var facts = facts(HEADER + """
          2024-01-02 600519.SH 10.00 11.00 10.00 11.00 -1 10.00
          2024-01-03 600519.SH 10.00 11.00 10.00 11.00 - 10.00
          """, Map.of());
      assertThat(facts.at(0, 0).status()).isEqualTo(LimitStatus.NOT_TRADED);
      assertThat(facts.at(0, 1).streak()).isEqualTo(1);
    }

    @Test
    void whenAShareIsSuspended_thenItsStreakGoesOn() {
      var facts = facts(HEADER + """
          2024-01-02 600519.SH 10.00 10.00 10.00 10.00 100 10.00
          2024-01-03 600519.SH 10.00 11.00 10.00 11.00 100 10.00
          2024-01-04 600519.SH - - - - - -
          2024-01-05 600519.SH 11.00 11.00 11.00 11.00 0 11.00
          2024-01-08 600519.SH 12.10 12.10 12.10 12.10 100 11.00
          2024-01-09 600519.SH 13.31 13.31 12.00 13.00 100 12.10
          """, Map.of());
      assertThat(streaks(facts, 6)).containsExactly(0, 1, 1, 1, 2, 0);
      assertThat(facts.at(0, 2).traded()).isFalse();
      assertThat(facts.at(0, 3).status()).isEqualTo(LimitStatus.NOT_TRADED);
      assertThat(facts.sealed(0, 3)).isFalse();
      assertThat(facts.sealedDays(0, 5, 2)).isEqualTo(1);
      assertThat(facts.sealedDays(0, 5, 3)).isEqualTo(2);
      assertThat(facts.sealedDays(0, 5, 100)).isEqualTo(2);
      assertThatThrownBy(() -> facts.sealedDays(0, 5, 0)).isInstanceOf(QilinException.class);
    }

    @Test
    void whenTheReferenceIsNotKnown_thenThePreviousCloseOfTheSharesOwnDaysStandsInAndIsFlagged() {
      var facts = facts("""
          day symbol open high low close
          2024-01-02 600519.SH 10.00 10.00 10.00 10.00
          2024-01-03 600519.SH - - - -
          2024-01-04 600519.SH 10.00 11.00 10.00 11.00
          2024-01-05 600519.SH 12.10 12.10 12.10 12.10
          """, Map.of());
      assertThat(facts.at(0, 0).status()).isEqualTo(LimitStatus.UNKNOWN);
      assertThat(facts.at(0, 0).referenceAssumed()).isFalse();
      assertThat(facts.at(0, 2).referencePrice()).isEqualTo(10.00);
      assertThat(facts.at(0, 2).referenceAssumed()).isTrue();
      assertThat(streaks(facts, 4)).containsExactly(0, 0, 1, 2);
    }

    @Test
    void whenAnExDateHasItsReference_thenItDecidesAndNotThePreviousClose() {
      var facts = facts(HEADER + """
          2024-01-02 600519.SH 20.00 20.00 20.00 20.00 100 20.00
          2024-01-03 600519.SH 16.50 16.50 16.50 16.50 100 15.00
          """, Map.of());
      assertThat(facts.oneWord(0, 1)).isTrue();
      assertThat(facts.at(0, 1).referenceAssumed()).isFalse();
    }
  }

  @Nested
  class StatusAndListing {
    @Test
    void whenAShareIsWarned_thenItsDatedLimitApplies() {
      var rows = HEADER + """
          2026-07-02 600519.SH 10.00 10.50 10.00 10.50 100 10.00
          2026-07-03 600519.SH 10.00 10.50 10.00 10.50 100 10.00
          2026-07-06 600519.SH 10.00 11.00 10.00 11.00 100 10.00
          """;
      var warned = facts(rows, timeline(status(MAIN, "2026-07-03", "ST测试", RiskWarning.ST, null)));
      assertThat(streaks(warned, 3)).containsExactly(0, 1, 2);
      var unreformed =
          facts(rows, timeline(status(MAIN, "2020-01-01", "S佳通", RiskWarning.NONE, null)));
      assertThat(unreformed.limits(0, 2)).contains(new PriceLimits(10_500, 9_500));
    }

    @Test
    void whenAShareIsNew_thenItsFirstDaysFollowItsListing() {
      var facts = facts(
          HEADER + """
          2023-04-07 600519.SH 12.00 14.40 12.00 14.40 100 10.00
          2023-04-10 600519.SH 15.84 15.84 15.84 15.84 100 14.40
          """,
          timeline(status(MAIN, "2023-04-07", "N测试", RiskWarning.NONE, "2023-04-07")));
      assertThat(streaks(facts, 2)).containsExactly(1, 2);
    }

    @Test
    void whenFirstDaysHaveNoLimit_thenTheyCountForNoStreakAndSuspensionsDoNotUseThemUp() {
      StringBuilder rows = new StringBuilder(HEADER);
      List<LocalDate> days = Panels.weekdays(LocalDate.of(2024, 1, 2), 8);
      for (int d = 0; d < 8; d++) {
        rows.append(days.get(d))
            .append(
                d == 1
                    ? " 688001.SH - - - - - -\n"
                    : " 688001.SH 10.00 12.00 10.00 12.00 100 10.00\n");
      }
      Symbol star = Symbol.parse("688001.SH");
      var facts = facts(
          rows.toString(),
          timeline(status(star, "2024-01-02", "N", RiskWarning.NONE, "2024-01-02")));
      List<LimitStatus> statuses = new ArrayList<>();
      for (int d = 0; d < 8; d++) {
        statuses.add(facts.at(0, d).status());
      }
      assertThat(statuses)
          .containsExactly(
              LimitStatus.NO_LIMIT,
              LimitStatus.NOT_TRADED,
              LimitStatus.NO_LIMIT,
              LimitStatus.NO_LIMIT,
              LimitStatus.NO_LIMIT,
              LimitStatus.NO_LIMIT,
              LimitStatus.LIMITED,
              LimitStatus.LIMITED);
      assertThat(streaks(facts, 8)).containsExactly(0, 0, 0, 0, 0, 0, 1, 2);
      assertThat(facts.touched(0, 0)).isFalse();
      assertThat(facts.limits(0, 0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "2023-12-29, NO_LIMIT",
      "2023-12-27, NO_LIMIT",
      "2023-12-26, LIMITED",
      "2001-08-27, LIMITED"
    })
    void whenTheListingLiesBeforeThePanel_thenWeekdaysAreCounted(
        String listed, LimitStatus second) {
      Symbol star = Symbol.parse("688001.SH");
      var facts =
          facts(HEADER + """
          2024-01-02 688001.SH 10.00 12.00 10.00 12.00 100 10.00
          """, timeline(status(star, listed, "N", RiskWarning.NONE, listed)));
      assertThat(facts.at(0, 0).status()).isEqualTo(second);
    }

    @Test
    void whenDelistingConsolidationBegins_thenItsFirstDayHasNoLimit() {
      var facts = facts(
          HEADER + """
          2024-01-02 600519.SH 1.00 1.05 1.00 1.05 100 1.00
          2024-01-03 600519.SH 0.50 0.50 0.50 0.50 100 1.05
          2024-01-04 600519.SH 0.45 0.45 0.45 0.45 100 0.50
          """,
          timeline(
              status(MAIN, "2020-01-02", "*ST测试", RiskWarning.STAR_ST, null),
              status(MAIN, "2024-01-03", "退市测试", RiskWarning.DELISTING, null),
              status(MAIN, "2024-01-04", "测试退", RiskWarning.DELISTING, null)));
      assertThat(facts.sealed(0, 0)).isTrue();
      assertThat(facts.at(0, 1).status()).isEqualTo(LimitStatus.NO_LIMIT);
      assertThat(facts.limitDownSealed(0, 2)).isTrue();
    }
  }

  @Test
  void whenAnInstrumentIsNoAShareOrABoardHadNotOpened_thenNothingIsClaimed() {
    var facts = facts(HEADER + """
        2019-01-02 688001.SH 10.00 12.00 10.00 12.00 100 10.00
        2019-01-02 MSFT 10.00 11.00 10.00 11.00 100 10.00
        1996-12-13 600519.SH 10.00 11.00 10.00 11.00 100 10.00
        2019-01-02 600519.SH 10.00 11.00 10.00 11.00 100 10.00
        """, Map.of());
    for (int instrument = 0; instrument < 3; instrument++) {
      boolean main = facts.panel().symbols().get(instrument).equals(MAIN);
      assertThat(facts.at(instrument, 1).status())
          .isEqualTo(main ? LimitStatus.LIMITED : LimitStatus.UNKNOWN);
      assertThat(facts.at(instrument, 0).status())
          .isEqualTo(main ? LimitStatus.UNKNOWN : LimitStatus.NOT_TRADED);
    }
  }

  @Test
  void whenPricesAreAdjustedOrMissing_thenTheyAreRefused() {
    var adjusted = Panels.table(Adjustment.FORWARD, HEADER + "2024-01-02 600519.SH 1 1 1 1 1 1");
    assertThatThrownBy(() -> LimitUpFacts.of(adjusted, Map.of(), MarketRuleBook.aShare()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    var thin = Panels.series(Field.CLOSE, 1, 2);
    assertThatThrownBy(() -> LimitUpFacts.of(thin, Map.of(), MarketRuleBook.aShare()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND));
    var facts = LimitUpFacts.of(Panels.closes(1, 2), Map.of(), MarketRuleBook.aShare());
    for (int[] place : new int[][] {{-1, 0}, {1, 0}, {0, -1}, {0, 2}}) {
      assertThatThrownBy(() -> facts.at(place[0], place[1])).isInstanceOf(QilinException.class);
    }
  }

  @Test
  void whenTheFutureIsCutOffOrShuffled_thenNoFactOfThePastChanges() {
    Panel whole = Panels.random(20, 120, 0.1, 7);
    LimitUpFacts all = LimitUpFacts.of(whole, Map.of(), MarketRuleBook.aShare());
    for (int day = 0; day < 120; day += 7) {
      LocalDate date = whole.days().get(day);
      LimitUpFacts cut = LimitUpFacts.of(whole.until(date), Map.of(), MarketRuleBook.aShare());
      for (Symbol symbol : cut.panel().symbols()) {
        assertThat(cut.at(cut.panel().indexOf(symbol), day))
            .isEqualTo(all.at(whole.indexOf(symbol), day));
      }
    }
  }

  @Test
  void whenStreaksAreCountedByAPlainLoop_thenTheyAreTheSame() {
    Panel panel = Panels.random(30, 200, 0.05, 11);
    LimitUpFacts facts = LimitUpFacts.of(panel, Map.of(), MarketRuleBook.aShare());
    int longest = 0;
    for (int i = 0; i < panel.symbols().size(); i++) {
      int streak = 0;
      for (int d = 0; d < panel.days().size(); d++) {
        LimitUpFact fact = facts.at(i, d);
        if (fact.traded()) {
          streak = facts.sealed(i, d) ? streak + 1 : 0;
        }
        assertThat(facts.streak(i, d)).isEqualTo(streak);
        longest = Math.max(longest, streak);
      }
    }
    assertThat(longest).isGreaterThan(1);
  }

  private static LimitUpFacts facts(String table, Map<Symbol, SecurityTimeline> securities) {
    return LimitUpFacts.of(
        Panels.table(Adjustment.RAW, table), securities, MarketRuleBook.aShare());
  }

  private static int[] streaks(LimitUpFacts facts, int days) {
    int[] streaks = new int[days];
    for (int d = 0; d < days; d++) {
      streaks[d] = facts.streak(0, d);
    }
    return streaks;
  }

  private static Map<Symbol, SecurityTimeline> timeline(SecurityStatus... statuses) {
    return Map.of(statuses[0].symbol(), SecurityTimeline.of(List.of(statuses)));
  }

  private static SecurityStatus status(
      Symbol symbol,
      String from,
      String name,
      RiskWarning warning,
      @org.jspecify.annotations.Nullable String listed) {
    Board board = MarketRuleBook.boardOf(symbol).orElseThrow();
    return new SecurityStatus(
        symbol,
        LocalDate.parse(from),
        board,
        name,
        warning,
        Optional.ofNullable(listed).map(LocalDate::parse),
        OptionalLong.empty());
  }
}

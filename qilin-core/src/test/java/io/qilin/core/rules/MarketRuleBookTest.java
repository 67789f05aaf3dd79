package io.qilin.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarketRuleBookTest {
  private final MarketRuleBook book = MarketRuleBook.aShare();

  @ParameterizedTest
  @CsvSource({
    "600519.SH, SSE_MAIN",
    "601318.SH, SSE_MAIN",
    "603259.SH, SSE_MAIN",
    "605499.SH, SSE_MAIN",
    "688981.SH, STAR",
    "689009.SH, STAR",
    "000001.SZ, SZSE_MAIN",
    "001979.SZ, SZSE_MAIN",
    "002415.SZ, SZSE_MAIN",
    "003816.SZ, SZSE_MAIN",
    "300750.SZ, CHINEXT",
    "301269.SZ, CHINEXT",
    "302132.SZ, CHINEXT",
    "920002.BJ, BSE",
    "430047.BJ, BSE",
    "830799.BJ, BSE",
    "871981.BJ, BSE",
    "889001.BJ, BSE",
    "501018.SH, SSE_FUND",
    "510300.SH, SSE_FUND",
    "520830.SH, SSE_FUND",
    "563000.SH, SSE_FUND",
    "588000.SH, SSE_FUND",
    "159915.SZ, SZSE_FUND",
    "161725.SZ, SZSE_FUND",
    "180101.SZ, SZSE_FUND",
  })
  void whenACodeIsAShareOrFund_thenItsBoardIsKnown(String symbol, Board board) {
    assertThat(MarketRuleBook.boardOf(Symbol.parse(symbol))).contains(board);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "000001.SH",
        "399001.SZ",
        "900901.SH",
        "200002.SZ",
        "113050.SH",
        "123107.SZ",
        "400001.BJ",
        "MSFT",
        "E01"
      })
  void whenACodeIsNeither_thenThereIsNoBoard(String symbol) {
    assertThat(MarketRuleBook.boardOf(Symbol.parseAny(symbol))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SSE_MAIN, ST, 2026-07-03, 5", "SSE_MAIN, ST, 2026-07-06, 10",
        "SZSE_MAIN, STAR_ST, 2026-07-03, 5",
    "SZSE_MAIN, STAR_ST, 2026-07-06, 10", "SSE_MAIN, ST, 2025-07-07, 5",
        "SSE_MAIN, ST, 1998-04-22, 5",
    "SSE_MAIN, NONE, 1996-12-16, 10", "SSE_MAIN, NONE, 2026-07-06, 10",
        "SSE_MAIN, DELISTING, 2024-01-02, 10",
    "CHINEXT, NONE, 2020-08-21, 10", "CHINEXT, NONE, 2020-08-24, 20", "CHINEXT, ST, 2020-08-24, 20",
    "STAR, NONE, 2019-07-22, 20", "STAR, STAR_ST, 2024-01-02, 20", "BSE, NONE, 2021-11-15, 30",
    "SSE_FUND, NONE, 2024-01-02, 10",
  })
  void whenADateIsAsked_thenTheLimitInForceThatDayAnswers(
      Board board, RiskWarning warning, LocalDate date, int percent) {
    assertThat(book.at(date).rule(board, warning).limitPercent()).isEqualTo(percent);
  }

  @Test
  void whenAShareIsUnreformed_thenItKeepsFivePercentAfterTheChange() {
    var rules = book.at(LocalDate.of(2026, 9, 24))
        .rule(Board.SSE_MAIN, RiskWarning.NONE, LimitCase.UNREFORMED);
    assertThat(rules.limitPercent()).isEqualTo(5);
  }

  @Test
  void whenAFundTracksGrowthShares_thenItHasTheirLimitSinceTheReform() {
    var after = book.at(LocalDate.of(2020, 8, 24));
    assertThat(
            after.rule(Board.SSE_FUND, RiskWarning.NONE, LimitCase.GROWTH_FUND).limitPercent())
        .isEqualTo(20);
    assertThat(book.at(LocalDate.of(2020, 8, 21))
            .find(Board.SSE_FUND, RiskWarning.NONE, LimitCase.GROWTH_FUND))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "name, NONE, 2026-07-03, 10",
    "ST name, ST, 2026-07-03, 5",
    "ST name, ST, 2026-07-06, 10",
    "S佳通, NONE, 2026-09-24, 5",
    "S*ST前锋, STAR_ST, 2026-09-24, 5",
    "S佳通, NONE, 2006-12-29, 10",
    "SST华塑, ST, 2006-12-29, 5",
  })
  void whenAStatusIsKnown_thenItDecidesTheRules(
      String name, RiskWarning warning, LocalDate date, int percent) {
    Symbol symbol = Symbol.parse("600182.SH");
    var status = new SecurityStatus(
        symbol,
        LocalDate.of(1999, 5, 7),
        Board.SSE_MAIN,
        name,
        warning,
        Optional.empty(),
        OptionalLong.empty());
    BoardRules rules = book.at(date).ruleOf(symbol, Optional.of(status)).orElseThrow();
    assertThat(rules.limitPercent()).isEqualTo(percent);
    assertThat(rules.warning()).isEqualTo(warning);
  }

  @Test
  void whenNoStatusIsKnown_thenTheCodeDecidesTheRules() {
    var day = book.at(LocalDate.of(2019, 7, 19));
    assertThat(day.ruleOf(Symbol.parse("600000.SH"), Optional.empty())
            .orElseThrow()
            .board())
        .isEqualTo(Board.SSE_MAIN);
    assertThat(day.ruleOf(Symbol.parse("688001.SH"), Optional.empty())).isEmpty();
    assertThat(day.ruleOf(Symbol.parse("000300.SH"), Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // listed; history: Wednesday 2024-01-03 to Friday 2024-01-05; session: Monday
    "2024-01-08, 1",
    "2024-01-05, 2",
    "2024-01-03, 4",
    // Before the history days count as weekdays.
    "2024-01-02, 5",
    "2024-01-01, 0",
    "2010-01-04, 0",
  })
  void whenASessionFollowsAHistory_thenItsDayOfTheListingIsKnown(LocalDate listed, int day) {
    var history =
        List.of(LocalDate.of(2024, 1, 3), LocalDate.of(2024, 1, 4), LocalDate.of(2024, 1, 5));
    assertThat(LimitEvent.sessionSince(listed, history)).isEqualTo(day);
  }

  @ParameterizedTest
  @CsvSource({
    // date, day of the listing, up, down of a reference of 10.00; none = no limit
    "SSE_MAIN, 2023-04-07, 1, 14.40, 6.40",
    "SSE_MAIN, 2023-04-07, 2, 11.00, 9.00",
    // Listed on 2023-04-07 under the old rule: its second day is limited although the new rule is
    // in force.
    "SSE_MAIN, 2023-04-10, 2, 11.00, 9.00",
    "SSE_MAIN, 2023-04-14, 5, none, none",
    "SSE_MAIN, 2023-04-10, 1, none, none",
    "SZSE_MAIN, 2023-04-17, 5, none, none",
    "SZSE_MAIN, 2023-04-17, 6, 11.00, 9.00",
    "CHINEXT, 2020-08-21, 1, 14.40, 6.40",
    "CHINEXT, 2020-08-24, 1, none, none",
    // Listed before the reform, in its first days: the new limit, but a limit.
    "CHINEXT, 2020-08-25, 3, 12.00, 8.00",
    "CHINEXT, 2020-08-28, 5, none, none",
    "CHINEXT, 2020-08-31, 6, 12.00, 8.00",
    "STAR, 2019-07-26, 5, none, none",
    "STAR, 2019-07-29, 6, 12.00, 8.00",
    "BSE, 2021-11-15, 1, none, none",
    "BSE, 2021-11-16, 2, 13.00, 7.00",
    "SSE_MAIN, 2012-06-01, 1, none, none",
    "SZSE_MAIN, 2013-12-31, 1, none, none",
    "SZSE_MAIN, 2014-01-02, 1, 14.40, 6.40",
    "CHINEXT, 2014-01-02, 1, 14.40, 6.40",
    "SSE_FUND, 2024-01-02, 1, 11.00, 9.00",
  })
  void whenAShareIsNew_thenTheRuleOfItsListingAnswers(
      Board board, LocalDate date, int listingDay, String up, String down) {
    var limits = book.at(date).rule(board, RiskWarning.NONE).limits(10, listingDay);
    if (up.equals("none")) {
      assertThat(limits).isEmpty();
    } else {
      assertThat(limits.orElseThrow().up()).isEqualTo(Double.parseDouble(up));
      assertThat(limits.orElseThrow().down()).isEqualTo(Double.parseDouble(down));
    }
  }

  @Test
  void whenAShareWasListedUnderTheRulesOf2014_thenItsAuctionIsNarrower() {
    var rules = book.at(LocalDate.of(2020, 1, 2)).rule(Board.SSE_MAIN, RiskWarning.NONE);
    assertThat(rules.openingAuctionLimits(10, 1)).contains(new PriceLimits(12_000, 8_000));
    assertThat(rules.openingAuctionLimits(10, 2)).isEmpty();
    assertThatThrownBy(() -> rules.openingAuctionLimits(10, -1)).isInstanceOf(QilinException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Board.class,
      names = {"SSE_MAIN", "STAR", "SZSE_MAIN", "CHINEXT", "BSE"})
  void whenDelistingConsolidationOrRelistingBegins_thenItsFirstDayHasNoLimit(Board board) {
    var rules = book.at(LocalDate.of(2024, 1, 2)).rule(board, RiskWarning.DELISTING);
    for (LimitEvent event : new LimitEvent[] {LimitEvent.DELISTING, LimitEvent.RELISTING}) {
      assertThat(rules.limits(1.00, event, 1)).isEmpty();
      assertThat(rules.limits(1.00, event, 2)).isPresent();
    }
  }

  @Test
  void whenADateIsBeforeTheFirstRule_thenTheErrorNamesTheFirstDay() {
    assertThatThrownBy(() -> book.at(LocalDate.of(1996, 12, 15)))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATE_OUT_OF_RANGE))
        .hasMessageContaining("1996-12-16");
  }

  @ParameterizedTest
  @CsvSource({
    "STAR, 2019-07-21, 2019-07-22",
    "CHINEXT, 2009-10-29, 2009-10-30",
    "BSE, 2021-11-14, 2021-11-15"
  })
  void whenABoardHadNotOpened_thenTheErrorNamesTheDayItDid(
      Board board, LocalDate date, String opened) {
    assertThatThrownBy(() -> book.at(date).rule(board, RiskWarning.NONE))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATE_OUT_OF_RANGE))
        .hasMessageContaining(opened);
    assertThatThrownBy(() -> book.at(date).fees(board)).hasMessageContaining(opened);
    assertThat(book.opened(board)).isEqualTo(LocalDate.parse(opened));
  }

  @Test
  void whenAWarningOrCaseDidNotExist_thenTheErrorSaysSo() {
    var old = book.at(LocalDate.of(1997, 1, 2));
    assertThatThrownBy(() -> old.rule(Board.SSE_MAIN, RiskWarning.ST))
        .hasMessageContaining("1997-01-02");
    var now = book.at(LocalDate.of(2024, 1, 2));
    assertThatThrownBy(() -> now.rule(Board.STAR, RiskWarning.NONE, LimitCase.UNREFORMED))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> old.dividendTax()).isInstanceOf(QilinException.class);
  }

  @ParameterizedTest
  @CsvSource({"NaN, 0", "Infinity, 0", "-1, 0", "0, 0", "0.004, 0", "2e9, 0", "10, -1"})
  void whenTheReferenceOrTheDayIsSenseless_thenItIsRefused(double reference, int listingDay) {
    var rules = book.at(LocalDate.of(2024, 1, 2)).rule(Board.SSE_MAIN, RiskWarning.NONE);
    assertThatThrownBy(() -> rules.limits(reference, listingDay))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @ParameterizedTest
  @EnumSource(Board.class)
  void whenAnyDateSinceABoardOpenedIsAsked_thenEveryTableAnswers(Board board) {
    LocalDate first =
        book.opened(board).isBefore(book.firstDay()) ? book.firstDay() : book.opened(board);
    first.datesUntil(LocalDate.of(2027, 1, 1)).forEach(date -> {
      BoardRules rules = book.at(date).rule(board, RiskWarning.NONE);
      assertThat(rules.lots().minBuy()).isPositive();
      assertThat(rules.tickMills()).isPositive();
      assertThat(rules.settlement()).isEqualTo(Settlement.T_PLUS_1);
      assertThat(rules.sessions().phaseAt(LocalTime.of(9, 30))).isEqualTo(SessionPhase.CONTINUOUS);
    });
  }

  @Test
  void whenAPersonReadsTheBook_thenEveryRowHasItsSourceAndIsRankedByHowSureItIs() {
    assertThat(book.entries()).hasSizeGreaterThan(100).allSatisfy(entry -> {
      assertThat(entry.source()).isNotBlank();
      assertThat(entry.rule()).isNotBlank();
    });
    assertThat(book.entries()).anySatisfy(entry -> {
      assertThat(entry.table()).isEqualTo("price-limits");
      assertThat(entry.from()).isEqualTo(LocalDate.of(2026, 7, 6));
      assertThat(entry.to()).isEmpty();
      assertThat(entry.rule()).contains("board=SSE_MAIN", "percent=10");
      assertThat(entry.confirmation()).isEqualTo(Confirmation.CONFIRMED);
    });
    assertThat(book.entries())
        .filteredOn(entry -> entry.table().equals("dividend-taxes"))
        .allSatisfy(entry -> assertThat(entry.confirmation()).hasToString("not confirmed"));
  }
}

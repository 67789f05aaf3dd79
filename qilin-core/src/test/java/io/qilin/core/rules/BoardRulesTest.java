package io.qilin.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.TradingCalendar;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Lots, cages, halts and settlement. */
class BoardRulesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 7, 6);

  @ParameterizedTest
  @CsvSource({
    "SSE_MAIN, 100, true",
    "SSE_MAIN, 150, false",
    "SSE_MAIN, 99, false",
    "SSE_MAIN, 1000000, true",
    "SSE_MAIN, 1000100, false",
    "SSE_MAIN, 0, false",
    "SSE_MAIN, -100, false",
    "CHINEXT, 300000, true",
    "CHINEXT, 300100, false",
    "STAR, 199, false",
    "STAR, 200, true",
    "STAR, 201, true",
    "STAR, 100000, true",
    "STAR, 100001, false",
    "BSE, 99, false",
    "BSE, 100, true",
    "BSE, 101, true",
    "BSE, 1000000, true",
    "BSE, 1000001, false",
    "SSE_FUND, 100, true",
    "SSE_FUND, 101, false",
  })
  void whenBuying_thenTheLotDecides(Board board, long shares, boolean allowed) {
    assertThat(rules(board).lots().allowsBuy(shares)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "SSE_MAIN, 100, 250, true",
    "SSE_MAIN, 250, 250, true",
    "SSE_MAIN, 50, 250, true",
    "SSE_MAIN, 150, 250, true",
    "SSE_MAIN, 30, 250, false",
    "SSE_MAIN, 120, 250, false",
    "SSE_MAIN, 50, 50, true",
    "SSE_MAIN, 300, 250, false",
    "SSE_MAIN, 0, 250, false",
    "STAR, 150, 150, true",
    "STAR, 100, 150, false",
    "STAR, 100, 250, false",
    "STAR, 200, 250, true",
    "STAR, 201, 350, true",
    "BSE, 50, 50, true",
    "BSE, 50, 60, false",
    "BSE, 101, 500, true",
  })
  void whenSelling_thenTheOddRemainderGoesInOneOrder(
      Board board, long shares, long held, boolean allowed) {
    assertThat(rules(board).lots().allowsSell(shares, held)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "SSE_MAIN, 99, 0",
    "SSE_MAIN, 199, 100",
    "SSE_MAIN, 5000000, 1000000",
    "STAR, 199, 0",
    "STAR, 201, 201",
    "STAR, 999999, 100000"
  })
  void whenASizeIsWished_thenTheLargestAllowedIsFound(Board board, long wished, long allowed) {
    assertThat(rules(board).lots().floorBuy(wished)).isEqualTo(allowed);
  }

  @Test
  void whenChiNextWasReformed_thenItsLargestOrdersShrank() {
    var before =
        MarketRuleBook.aShare().at(LocalDate.of(2020, 8, 21)).rule(Board.CHINEXT, RiskWarning.NONE);
    assertThat(before.lots().maxLimitOrder()).isEqualTo(1_000_000);
    assertThat(rules(Board.CHINEXT).lots().maxMarketOrder()).isEqualTo(150_000);
    assertThat(rules(Board.STAR).lots().maxMarketOrder()).isEqualTo(50_000);
    assertThat(rules(Board.SSE_MAIN).lots().maxMarketOrder()).isEqualTo(1_000_000);
    assertThat(rules(Board.BSE).lots().maxMarketOrder()).isEqualTo(1_000_000);
  }

  @ParameterizedTest
  @CsvSource({
    "SSE_MAIN, 10000, 10200, 9800",
    "SSE_MAIN, 3000, 3100, 2900",
    "SSE_MAIN, 50, 150, 10",
    "CHINEXT, 10000, 10200, 9800",
    "CHINEXT, 3000, 3100, 2900",
    "STAR, 3000, 3060, 2940",
    "STAR, 10250, 10460, 10050",
    "BSE, 1000, 1100, 900",
    "BSE, 10000, 10500, 9500",
  })
  void whenTradingIsContinuous_thenTheCageIsTheWiderOfPercentAndTicks(
      Board board, long reference, long highestBuy, long lowestSell) {
    PriceCage cage = rules(board).cage().orElseThrow();
    assertThat(cage.highestBuyMills(reference)).isEqualTo(highestBuy);
    assertThat(cage.lowestSellMills(reference)).isEqualTo(lowestSell);
    assertThatThrownBy(() -> cage.highestBuyMills(0)).isInstanceOf(QilinException.class);
  }

  @Test
  void whenTheCageHadNotBegun_thenThereIsNone() {
    var friday = MarketRuleBook.aShare().at(LocalDate.of(2023, 4, 7));
    assertThat(friday.rule(Board.SSE_MAIN, RiskWarning.NONE).cage()).isEmpty();
    assertThat(friday.rule(Board.CHINEXT, RiskWarning.NONE).cage())
        .contains(new PriceCage(2, 0, 10));
    var monday = MarketRuleBook.aShare().at(LocalDate.of(2023, 4, 10));
    assertThat(monday.rule(Board.SSE_MAIN, RiskWarning.NONE).cage())
        .contains(new PriceCage(2, 10, 10));
    assertThat(rules(Board.SSE_FUND).cage()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Board.class,
      names = {"SSE_MAIN", "STAR", "SZSE_MAIN", "CHINEXT", "BSE"})
  void whenADayHasNoLimit_thenMovesOfThirtyAndSixtyPercentHalt(Board board) {
    assertThat(rules(board).noLimitHalts())
        .containsExactly(
            new NoLimitHalt(30, Duration.ofMinutes(10), LocalTime.of(14, 57)),
            new NoLimitHalt(60, Duration.ofMinutes(10), LocalTime.of(14, 57)));
  }

  @Test
  void whenTheMainBoardWasNotYetReformed_thenItHadNoSuchHalts() {
    var rules =
        MarketRuleBook.aShare().at(LocalDate.of(2023, 4, 7)).rule(Board.SSE_MAIN, RiskWarning.NONE);
    assertThat(rules.noLimitHalts()).isEmpty();
  }

  @Test
  void whenAShareIsWarned_thenADailyBuyIsCapped() {
    var book = MarketRuleBook.aShare().at(DAY);
    assertThat(book.rule(Board.SSE_MAIN, RiskWarning.ST).dailyBuyCap()).hasValue(500_000);
    assertThat(book.rule(Board.SSE_MAIN, RiskWarning.STAR_ST).dailyBuyCap()).hasValue(500_000);
    assertThat(book.rule(Board.SSE_MAIN, RiskWarning.NONE).dailyBuyCap()).isEmpty();
    assertThat(book.rule(Board.SSE_MAIN, RiskWarning.DELISTING).dailyBuyCap()).isEmpty();
  }

  @Test
  void whenBoughtBeforeAWeekend_thenSellableOnMonday() {
    var friday = LocalDate.of(2024, 1, 5);
    var monday = LocalDate.of(2024, 1, 8);
    var calendar = TradingCalendar.of(List.of(friday, monday), friday, monday);
    assertThat(rules(Board.SSE_MAIN).settlement().sellableFrom(friday, calendar))
        .isEqualTo(monday);
    assertThat(Settlement.T_PLUS_0.sellableFrom(friday, calendar)).isEqualTo(friday);
    assertThat(Settlement.withdrawableFrom(friday, calendar)).isEqualTo(monday);
    assertThatThrownBy(() -> Settlement.T_PLUS_1.sellableFrom(friday.plusDays(1), calendar))
        .isInstanceOf(QilinException.class);
  }

  private static BoardRules rules(Board board) {
    return MarketRuleBook.aShare().at(DAY).rule(board, RiskWarning.NONE);
  }
}

package io.qilin.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Qlib's account on a few days worked out by hand. */
class QlibBacktestTest {
  private static final double NAN = Double.NaN;
  private static final LocalDate[] DAYS = Bars.DAYS;

  /** B closes at +10 % on the last day, beyond the threshold of 9.5 %. */
  private static final Panel PANEL = Bars.adjusted(4)
      .closes(Bars.A, 10, 10, 10.5, 10.5)
      .closes(Bars.B, 20, 20, 20, 22)
      .build();

  /** A is best on the first day, B on the second, A on the third. */
  private static final ScoreTable SIGNAL = ScoreTable.builder()
      .score(DAYS[0], Bars.A, 2)
      .score(DAYS[0], Bars.B, 1)
      .score(DAYS[1], Bars.A, 1)
      .score(DAYS[1], Bars.B, 2)
      .score(DAYS[2], Bars.A, 2)
      .score(DAYS[2], Bars.B, 1)
      .build();

  private static final TopkDropout ONE = TopkDropout.builder(1, 1).build();

  private static QlibBacktest.Builder backtest(Panel panel, Signal signal, TopkDropout rule) {
    return QlibBacktest.builder(panel, signal, rule, DAYS[1], panel.lastDay())
        .account(100_000)
        .openCost(0.001)
        .closeCost(0.002);
  }

  private static void assertDay(
      BacktestDay day, double account, double turnover, double cost, double cash) {
    assertThat(day.account()).isCloseTo(account, within(1e-9));
    assertThat(day.totalTurnover()).isCloseTo(turnover, within(1e-9));
    assertThat(day.totalCost()).isCloseTo(cost, within(1e-9));
    assertThat(day.cash()).isCloseTo(cash, within(1e-9));
    assertThat(day.value()).isCloseTo(account - cash, within(1e-9));
  }

  @Test
  void whenTheBestChanges_thenTheAccountIsThatOfTheHandCalculation() {
    BacktestReport report = backtest(PANEL, SIGNAL, ONE).build().run();
    List<BacktestDay> days = report.days();
    // Day 1: 0.95 × 100 000 buys 9 500 A at 10; cost 95.
    assertDay(days.get(0), 99_905, 95_000, 95, 4_905);
    assertThat(days.get(0).dayReturn()).isZero();
    // Day 2: 9 500 A at 10.5 bring 99 750, cost 199.50, cash 104 455.50; 0.95 of it is 4 961.6 B
    // at 20, in lots 4 900: 98 000, cost 98.
    assertDay(days.get(1), 104_357.5, 95_000 + 99_750 + 98_000, 95 + 297.5, 6_357.5);
    assertThat(days.get(1).dayReturn()).isCloseTo(4_750 / 99_905.0, within(1e-15));
    assertThat(days.get(1).turnover()).isCloseTo(197_750 / 99_905.0, within(1e-15));
    assertThat(days.get(1).cost()).isCloseTo(297.5 / 99_905.0, within(1e-15));
    // Day 3: B is at its limit and stays; 0.95 × 6 357.50 is 575.2 A, in lots 500: 5 250, cost
    // 5.25.
    assertDay(days.get(2), 4_900 * 22 + 6_352.25, 298_000, 397.75, 1_102.25);
    assertThat(days.get(2).bench()).isNaN();
    assertThat(report.trades())
        .extracting(Trade::symbol, Trade::side, Trade::shares, Trade::price)
        .containsExactly(
            tuple(Bars.A, Side.BUY, 9_500.0, 10.0),
            tuple(Bars.A, Side.SELL, 9_500.0, 10.5),
            tuple(Bars.B, Side.BUY, 4_900.0, 20.0),
            tuple(Bars.A, Side.BUY, 500.0, 10.5));
    assertThat(report.trades().get(0).profit()).isNaN();
    assertThat(report.trades().get(1).profit()).isCloseTo(99_550.5 - 95_095, within(1e-9));
    assertThat(report.trades().get(1).reason()).isEqualTo("rank 2 of 2 fell out of the top 1 + 1");
    assertThat(report.blocked())
        .containsExactly(new BlockedOrder(
            DAYS[3],
            Bars.B,
            Side.SELL,
            4_900,
            RejectReason.LIMIT_UP,
            "changed by 10.00 % on the day; traded only within ±9.50 %"));
    assertThat(report.positions())
        .filteredOn(position -> position.day().equals(DAYS[3]))
        .extracting(DayPosition::symbol, DayPosition::price, DayPosition::daysHeld)
        .containsExactly(tuple(Bars.A, 10.5, 1), tuple(Bars.B, 22.0, 2));
    assertThat(report.mode()).isEqualTo(BacktestReport.Mode.QLIB);
    assertThat(report.settings()).containsEntry("topk", "1").containsEntry("trade-unit", "100");
    assertThat(report.findings()).isEmpty();
  }

  @Test
  void whenTradeAtTheLimitIsAllowed_thenAShareIsSoldAtLimitUp() {
    TopkDropout rule = TopkDropout.builder(1, 1).forbidAllTradeAtLimit(false).build();
    BacktestReport report = backtest(PANEL, SIGNAL, rule).build().run();
    Trade sale = report.trades().get(3);
    assertThat(sale.symbol()).isEqualTo(Bars.B);
    assertThat(sale.side()).isEqualTo(Side.SELL);
    assertThat(sale.cost()).isCloseTo(4_900 * 22 * 0.002, within(1e-9));
    assertThat(report.blocked()).isEmpty();
  }

  @Test
  void whenAShareIsAtLimitDown_thenItIsNotSold() {
    Panel panel =
        Bars.adjusted(3).closes(Bars.A, 10, 10, 9).closes(Bars.B, 20, 20, 20).build();
    TopkDropout rule = TopkDropout.builder(1, 1).forbidAllTradeAtLimit(false).build();
    BacktestReport report = backtest(panel, SIGNAL, rule).build().run();
    assertThat(report.blocked())
        .extracting(BlockedOrder::symbol, BlockedOrder::reason)
        .startsWith(tuple(Bars.A, RejectReason.LIMIT_DOWN));
  }

  @Test
  void whenThePreviousCloseIsGiven_thenItDecidesTheLimit() {
    // An ex-date: the raw close falls from 20 to 11, but 11 is +10 % on the reference of 10.
    Panel panel = Bars.adjusted(2)
        .column(Bars.A, Field.CLOSE, 20, 22)
        .column(Bars.A, Field.FACTOR, 1, 2)
        .column(Bars.A, Field.PRE_CLOSE, 20, 10)
        .build();
    ScoreTable one = ScoreTable.builder().score(DAYS[0], Bars.A, 1).build();
    assertThat(backtest(panel, one, ONE).build().run().blocked())
        .extracting(BlockedOrder::reason, BlockedOrder::shares)
        .containsExactly(tuple(RejectReason.LIMIT_UP, 95_000 / 22.0));
    // The field $change goes before it.
    Panel changed = Bars.adjusted(2)
        .column(Bars.A, Field.CLOSE, 20, 22)
        .column(Bars.A, Field.FACTOR, 1, 2)
        .column(Bars.A, Field.of("change"), 0, 0.05)
        .column(Bars.A, Field.PRE_CLOSE, 20, 10)
        .build();
    // 95 000 / 22 adjusted shares are 8 636 unadjusted ones: 86 lots, 4 300 adjusted.
    assertThat(backtest(changed, one, ONE).build().run().trades())
        .extracting(Trade::shares)
        .containsExactly(4_300.0);
  }

  @Test
  void whenThePanelIsRaw_thenItIsAdjustedByItsFactor() {
    Panel raw = Bars.raw(3)
        .column(Bars.A, Field.CLOSE, 20, 20, 10.1)
        .column(Bars.A, Field.FACTOR, 1, 1, 2)
        .column(Bars.A, Field.PRE_CLOSE, 20, 20, 10)
        .build();
    ScoreTable one = ScoreTable.builder().score(DAYS[0], Bars.A, 1).build();
    BacktestReport report = backtest(raw, one, ONE).build().run();
    // 4 700 at 20, and 20.20 the day after the split.
    assertDay(report.days().get(1), 4_700 * 20.2 + 5_906, 94_000, 94, 5_906);
  }

  @Test
  void whenAHoldingIsSuspended_thenItKeepsItsPriceAndIsNotSold() {
    Panel panel = Bars.adjusted(3)
        .column(Bars.A, Field.CLOSE, 10, 10, NAN)
        .column(Bars.A, Field.FACTOR, 1, 1, NAN)
        .closes(Bars.B, 20, 20, 20)
        .build();
    BacktestReport report = backtest(panel, SIGNAL, ONE).build().run();
    assertThat(report.blocked().get(0).reason()).isEqualTo(RejectReason.SUSPENDED);
    assertThat(report.positions())
        .filteredOn(position -> position.day().equals(DAYS[2]))
        .extracting(DayPosition::symbol, DayPosition::price, DayPosition::daysHeld)
        .contains(tuple(Bars.A, 10.0, 2));
  }

  @Test
  void whenBarsEndWhileHeld_thenAFindingSaysSo() {
    Panel panel =
        Bars.adjusted(4).closes(Bars.A, 10, 10).closes(Bars.B, 20, 20, 20, 20).build();
    BacktestReport report = backtest(panel, SIGNAL, ONE).build().run();
    assertThat(report.blocked().get(0).reason()).isEqualTo(RejectReason.DELISTED);
    assertThat(report.findings())
        .extracting(BacktestFinding::day, BacktestFinding::rule)
        .containsExactly(tuple(DAYS[2], "bars-ended"));
  }

  @Test
  void whenAHoldingIsTooYoung_thenItIsKeptWithoutABlockedOrder() {
    TopkDropout rule = TopkDropout.builder(1, 1).holdThreshold(2).build();
    BacktestReport report = backtest(PANEL, SIGNAL, rule).build().run();
    assertThat(report.trades())
        .noneMatch(trade -> trade.side() == Side.SELL && trade.day().equals(DAYS[2]));
    assertThat(report.blocked()).noneMatch(order -> order.side() == Side.SELL);
  }

  @Test
  void whenTheCashDoesNotPayTheCost_thenThePurchaseIsCut() {
    TopkDropout all = TopkDropout.builder(1, 1).riskDegree(1).build();
    ScoreTable first = ScoreTable.builder().score(DAYS[0], Bars.A, 1).build();
    BacktestReport report = backtest(PANEL, first, all).withoutLots().build().run();
    double shares = 100_000 / 1.001 / 10;
    assertThat(report.trades().get(0).shares()).isCloseTo(shares, within(1e-9));
    assertThat(report.days().get(0).cash()).isCloseTo(0, within(1e-9));
    BlockedOrder rest = report.blocked().get(0);
    assertThat(rest.reason()).isEqualTo(RejectReason.INSUFFICIENT_FUNDS);
    assertThat(rest.shares()).isCloseTo(10_000 - shares, within(1e-9));
    QlibIndicator indicator = QlibIndicator.of(report).get(0);
    assertThat(indicator.fulfilRate()).isCloseTo(shares / 10_000, within(1e-15));
    assertThat(indicator.count()).isOne();
    // In lots the cut leaves 9 900.
    assertThat(backtest(PANEL, first, all).build().run().trades().get(0).shares())
        .isEqualTo(9_900.0);
    // Below 5 / 0.001 + 5 yuan the least cost decides: (1 000 - 5) / 10.
    assertThat(backtest(PANEL, first, all)
            .account(1_000)
            .withoutLots()
            .build()
            .run()
            .trades()
            .get(0)
            .shares())
        .isEqualTo(99.5);
    // 4 yuan do not pay the least cost.
    assertThat(
            backtest(PANEL, first, all).account(4).withoutLots().build().run().trades())
        .isEmpty();
  }

  @Test
  void whenAnOrderIsLessThanALot_thenItIsBlocked() {
    BacktestReport report = backtest(PANEL, SIGNAL, ONE).account(1_000).build().run();
    assertThat(report.trades()).isEmpty();
    assertThat(report.blocked().get(0).reason()).isEqualTo(RejectReason.LOT_SIZE);
    assertThat(report.blocked().get(0).shares()).isEqualTo(95.0);
    assertThat(report.blocked().get(0).message()).contains("100.0 adjusted shares at 10.0");
    QlibIndicator day = QlibIndicator.of(report).get(0);
    assertThat(day.count()).isOne();
    assertThat(day.fulfilRate()).isNaN();
    assertThat(day.priceAdvantage()).isZero();
  }

  @Test
  void whenAFactorIsMissing_thenTheRunGoesWithoutLots() {
    Panel panel = Bars.adjusted(4)
        .column(Bars.A, Field.CLOSE, 10, 10, 10.5, 10.5)
        .closes(Bars.B, 20, 20, 20, 22)
        .build();
    BacktestReport report = backtest(panel, SIGNAL, ONE).account(1_010).build().run();
    assertThat(report.trades().get(0).shares()).isCloseTo(95.95, within(1e-12));
    assertThat(report.findings())
        .extracting(BacktestFinding::day, BacktestFinding::rule)
        .containsExactly(tuple(DAYS[1], "no-lots"));
  }

  @Test
  void whenTheDealPriceIsNone_thenTheCloseIsTaken() {
    Panel panel = Bars.adjusted(4)
        .closes(Bars.A, 10, 10, 10.5, 10.5)
        .column(Bars.A, Field.OPEN, 9, NAN, 0, 8)
        .build();
    ScoreTable once = ScoreTable.builder().score(DAYS[0], Bars.A, 1).build();
    assertThat(price(panel, once)).isEqualTo(10);
    ScoreTable later = ScoreTable.builder().score(DAYS[1], Bars.A, 1).build();
    assertThat(price(panel, later)).isEqualTo(10.5);
    ScoreTable last = ScoreTable.builder().score(DAYS[2], Bars.A, 1).build();
    assertThat(price(panel, last)).isEqualTo(8);
  }

  private static double price(Panel panel, ScoreTable signal) {
    return backtest(panel, signal, ONE)
        .dealPrice(Field.OPEN)
        .build()
        .run()
        .trades()
        .get(0)
        .price();
  }

  @Test
  void whenAnOrderMovesTheMarket_thenTheSquareOfItsPartIsPaid() {
    Panel panel = Bars.adjusted(2)
        .closes(Bars.A, 10, 10)
        .column(Bars.A, Field.VOLUME, 95_000, 95_000)
        .build();
    ScoreTable one = ScoreTable.builder().score(DAYS[0], Bars.A, 1).build();
    // 9 500 of 95 000 shares: 0.001 + 0.1 × 0.1².
    assertThat(backtest(panel, one, ONE)
            .impactCost(0.1)
            .build()
            .run()
            .trades()
            .get(0)
            .cost())
        .isCloseTo(95_000 * 0.002, within(1e-9));
    assertRefused(
        () -> backtest(PANEL, SIGNAL, ONE).impactCost(0.1).build(),
        ErrorCode.DATA_NOT_FOUND,
        "impactCost needs $volume");
  }

  @Test
  void whenAShareHasNoBars_thenItTakesAPlaceAndIsBlocked() {
    Symbol unknown = Symbol.parse("600001.SH");
    ScoreTable signal = ScoreTable.builder()
        .score(DAYS[0], unknown, 5)
        .score(DAYS[0], Bars.A, 1)
        .build();
    BacktestReport report = backtest(PANEL, signal, ONE).build().run();
    assertThat(report.trades()).isEmpty();
    assertThat(report.blocked().get(0).reason()).isEqualTo(RejectReason.UNKNOWN_SYMBOL);
    assertThat(report.blocked().get(0).shares()).isNaN();
    TopkDropout tradable = TopkDropout.builder(1, 1).onlyTradable(true).build();
    assertThat(backtest(PANEL, signal, tradable).build().run().trades()).hasSize(1);
  }

  @Test
  void whenAShareIsNotListedYet_thenItIsBlocked() {
    Panel panel = Bars.adjusted(3)
        .closes(Bars.A, 10, 10, 10)
        .from(2, Bars.B, Field.CLOSE, 20)
        .from(2, Bars.B, Field.FACTOR, 1)
        .build();
    ScoreTable signal = ScoreTable.builder().score(DAYS[0], Bars.B, 1).build();
    assertThat(backtest(panel, signal, ONE).build().run().blocked().get(0).message())
        .isEqualTo("its bars begin on 2024-01-04");
  }

  @Test
  void whenADayHasNoScore_thenNothingIsTradedAndAFindingSaysSo() {
    ScoreTable nan = ScoreTable.builder()
        .score(DAYS[0], Bars.A, 1)
        .score(DAYS[1], Bars.A, NAN)
        .build();
    BacktestReport report = backtest(PANEL, nan, ONE).build().run();
    assertThat(report.trades()).hasSize(1);
    assertThat(report.findings())
        .extracting(BacktestFinding::day)
        .containsExactly(DAYS[2], DAYS[3]);
  }

  @Test
  void whenNoDayHasAScore_thenTheRunIsRefused() {
    assertRefused(
        () -> backtest(PANEL, ScoreTable.builder().build(), ONE).build().run(),
        ErrorCode.DATA_NOT_FOUND,
        "no score on any day");
  }

  @Test
  void whenTheSignalIsAFunction_thenItSeesRawPricesOfTheDayBefore() {
    Panel panel = Bars.adjusted(2)
        .column(Bars.A, Field.CLOSE, 20, 22)
        .column(Bars.A, Field.FACTOR, 2, 2)
        .build();
    Signal close = history -> {
      assertThat(history.lastDay()).isEqualTo(DAYS[0]);
      return new double[] {history.value(Field.CLOSE, 0, 0)};
    };
    assertThat(backtest(panel, close, ONE).limitThreshold(0.2).build().run().trades())
        .hasSize(1);
    assertRefused(
        () -> backtest(panel, history -> new double[3], ONE).build().run(),
        ErrorCode.INVALID_ARGUMENT,
        "gave 3 scores on 2024-01-02");
  }

  @Test
  void whenItIsCancelled_thenItStopsAfterTheDay() {
    Cancellation cancellation = new Cancellation();
    List<Long> done = new ArrayList<>();
    QlibBacktest backtest = backtest(PANEL, SIGNAL, ONE)
        .cancellation(cancellation)
        .progress((days, total) -> {
          done.add(days);
          cancellation.cancel();
        })
        .build();

    assertRefused(backtest::run, ErrorCode.CANCELLED, "cancelled");
    assertThat(done).containsExactly(1L);
  }

  @Test
  void whenRunTwice_thenTheReportIsTheSameAndItsHashTellsTheInput() {
    QlibBacktest backtest = backtest(PANEL, SIGNAL, ONE).build();
    assertThat(backtest.run()).isEqualTo(backtest.run());
    ScoreTable other = ScoreTable.builder().score(DAYS[0], Bars.A, 1).build();
    assertThat(backtest(PANEL, other, ONE).build().run().dataHash())
        .hasSize(64)
        .isNotEqualTo(backtest.run().dataHash());
  }

  @Test
  void whenDatesAreNoTradingDays_thenTheDaysBetweenThemCount() {
    Panel panel = Bars.adjusted(5).closes(Bars.A, 1, 1, 1, 1, 1).build();
    ScoreTable signal = ScoreTable.builder().score(DAYS[2], Bars.A, 1).build();
    LocalDate saturday = LocalDate.of(2024, 1, 6);
    assertThat(QlibBacktest.builder(panel, signal, ONE, DAYS[3], saturday)
            .build()
            .run()
            .days())
        .extracting(BacktestDay::day)
        .containsExactly(DAYS[3]);
    assertRefused(
        () -> QlibBacktest.builder(panel, signal, ONE, saturday, saturday.plusDays(1))
            .build(),
        ErrorCode.INVALID_ARGUMENT,
        "the nearest are 2024-01-05 and 2024-01-08");
    assertRefused(
        () -> QlibBacktest.builder(panel, signal, ONE, DAYS[1], DAYS[0]),
        ErrorCode.INVALID_ARGUMENT,
        "the end 2024-01-02 is before the start 2024-01-03");
    assertRefused(
        () -> QlibBacktest.builder(panel, signal, ONE, DAYS[0].minusDays(1), DAYS[1])
            .build(),
        ErrorCode.DATE_OUT_OF_RANGE,
        "2024-01-01 is outside the data");
    assertRefused(
        () -> QlibBacktest.builder(panel, signal, ONE, DAYS[0], DAYS[4].plusDays(1))
            .build(),
        ErrorCode.DATE_OUT_OF_RANGE,
        "2024-01-09 is outside the data");
  }

  @Test
  void whenASettingCannotBe_thenItIsRefusedWithTheValue() {
    assertInvalid(builder -> builder.account(0), "was 0.0");
    assertInvalid(builder -> builder.account(NAN), "was NaN");
    assertInvalid(builder -> builder.openCost(-0.1), "openCost");
    assertInvalid(builder -> builder.closeCost(1), "closeCost");
    assertInvalid(builder -> builder.minCost(NAN), "minCost");
    assertInvalid(builder -> builder.impactCost(-1), "impactCost");
    assertInvalid(builder -> builder.limitThreshold(0), "limitThreshold");
    assertInvalid(builder -> builder.tradeUnit(0), "tradeUnit");
    assertRefused(
        () -> backtest(PANEL, SIGNAL, ONE).dealPrice(Field.VWAP).build().run(),
        ErrorCode.DATA_NOT_FOUND,
        "a backtest at $vwap needs $vwap; the panel has [$close, $factor]");
  }

  @Test
  void whenTheModeIsNotQlibs_thenThereAreNoIndicators() {
    BacktestReport qlib = backtest(PANEL, SIGNAL, ONE).build().run();
    BacktestReport exact = new BacktestReport(
        BacktestReport.Mode.EXACT_A_SHARE,
        Map.of(),
        qlib.days(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        "");
    assertRefused(() -> QlibIndicator.of(exact), ErrorCode.INVALID_ARGUMENT, "was EXACT_A_SHARE");
  }

  private static void assertInvalid(UnaryOperator<QlibBacktest.Builder> change, String part) {
    assertRefused(
        () -> change.apply(backtest(PANEL, SIGNAL, ONE)).build(), ErrorCode.INVALID_ARGUMENT, part);
  }

  private static void assertRefused(Runnable call, ErrorCode code, String part) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(part);
  }
}

package io.qilin.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.CorporateAction;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import io.qilin.core.risk.RiskGate;
import io.qilin.core.risk.RiskSettings;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.testkit.Panels;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BacktestTest {
  private static final Symbol SHARE = Symbol.parse("600519.SH");
  private static final String HEADER = "day symbol open high low close volume pre_close\n";
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 2);

  /** Three quiet days, then an ex-date: 10 get 3 and 0.50 yuan a share, 20.00 becomes 15.00. */
  private static final Panel EX_DATE = Panels.table(Adjustment.RAW, HEADER + """
          2024-01-02 600519.SH 20 20 20 20 1000000 20
          2024-01-03 600519.SH 20 20 20 20 1000000 20
          2024-01-04 600519.SH 15 15 15 15 1000000 15
          2024-01-05 600519.SH 15 15 15 15 1000000 15
          """);

  private static Strategy once(Side side, long shares) {
    return (history, portfolio) -> history.lastDay().equals(FIRST)
        ? List.of(PlannedOrder.of(SHARE, side, shares, "once"))
        : List.of();
  }

  private static double last(BacktestRun run) {
    return run.report().finalAccount();
  }

  @Test
  void whenSharesAreBought_thenTheDayAfterTheDecisionFillsThem() {
    BacktestRun run = Backtest.builder(EX_DATE, once(Side.BUY, 1000))
        .account(Money.parse("100000"))
        .period(FIRST, LocalDate.of(2024, 1, 3))
        .build()
        .run();

    assertThat(run.report().trades()).singleElement().satisfies(trade -> {
      assertThat(trade.day()).isEqualTo(LocalDate.of(2024, 1, 3));
      assertThat(trade.value()).isEqualTo(20_000);
      assertThat(trade.cost()).isEqualTo(5.20); // 5.00 and 0.001 % of 20 000
    });
    BacktestDay day = run.report().days().get(1);
    assertThat(day.account()).isEqualTo(99_994.80);
    assertThat(day.dayReturn()).isZero();
    assertThat(day.cost()).isEqualTo(5.20 / 100_000, within(1e-15));
    assertThat(day.turnover()).isEqualTo(0.2);
  }

  @Test
  void whenTheExDateIsKnown_thenSharesAndCashMakeGoodForTheFall() {
    CorporateAction action = new CorporateAction(
        SHARE,
        LocalDate.of(2024, 1, 4),
        new BigDecimal("0.50"),
        new BigDecimal("0.3"),
        BigDecimal.ZERO,
        BigDecimal.ZERO);
    BacktestRun run = Backtest.builder(EX_DATE, once(Side.BUY, 1000))
        .account(Money.parse("100000"))
        .actions(List.of(action))
        .build()
        .run();

    assertThat(run.portfolio().shares(SHARE)).isEqualTo(1300);
    assertThat(last(run)).isEqualTo(99_994.80); // 1 300 × 15.00 + 500.00 + the rest
    assertThat(run.report().findings()).isEmpty();
  }

  @Test
  void whenTheExDateIsNotKnown_thenTheReferencePriceMakesGoodAndAFindingSaysSo() {
    BacktestRun run = Backtest.builder(EX_DATE, once(Side.BUY, 1000))
        .account(Money.parse("100000"))
        .build()
        .run();

    assertThat(run.portfolio().shares(SHARE)).isEqualTo(1300);
    assertThat(last(run)).isEqualTo(99_994.80);
    assertThat(run.report().findings()).singleElement().satisfies(finding -> {
      assertThat(finding.rule()).isEqualTo("implied-ex-date");
      assertThat(finding.message()).contains("0.3 bonus shares and 0.5 yuan per share in cash");
    });
  }

  @Test
  void whenRightsAreNotTaken_thenTheyLapseWithAFinding() {
    CorporateAction rights = CorporateAction.rights(
        SHARE, LocalDate.of(2024, 1, 4), new BigDecimal("0.5"), new BigDecimal("5.00"));
    Backtest.Builder builder = Backtest.builder(EX_DATE, once(Side.BUY, 1000))
        .account(Money.parse("100000"))
        .actions(List.of(rights));

    BacktestRun taken = builder.build().run();
    BacktestRun lapsed = builder.subscribeRights(false).build().run();

    assertThat(taken.portfolio().shares(SHARE)).isEqualTo(1500);
    assertThat(last(taken)).isEqualTo(99_994.80); // (20 + 0.5 × 5) / 1.5 = 15
    assertThat(lapsed.portfolio().shares(SHARE)).isEqualTo(1000);
    assertThat(lapsed.report().findings())
        .extracting(BacktestFinding::rule)
        .containsExactly("rights-lapsed");
  }

  @Test
  void whenTheStrategySeesTheMarket_thenItSeesNoLaterDay() {
    List<LocalDate> seen = new ArrayList<>();
    Strategy curious = (history, portfolio) -> {
      seen.add(history.lastDay());
      return List.of();
    };

    Backtest.builder(EX_DATE, curious).build().run();

    assertThat(seen).containsExactly(FIRST, LocalDate.of(2024, 1, 3), LocalDate.of(2024, 1, 4));
  }

  @Test
  void whenTheStrategyAsksForTheFuture_thenTheRunStopsOrSkipsTheDay() {
    Strategy greedy = (history, portfolio) -> {
      double tomorrow =
          history.value(Field.CLOSE, 0, history.indexOf(history.lastDay().plusDays(1)));
      return List.of(PlannedOrder.of(SHARE, Side.BUY, (long) tomorrow, "greedy"));
    };
    Backtest.Builder builder = Backtest.builder(EX_DATE, greedy);

    assertThatThrownBy(() -> builder.build().run())
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATE_OUT_OF_RANGE));
    BacktestRun run = builder.onFailure(OnFailure.SKIP_DAY).build().run();
    assertThat(run.report().days()).hasSize(4);
    assertThat(run.report().findings())
        .hasSize(3)
        .allSatisfy(finding -> assertThat(finding.rule()).isEqualTo("strategy-failed"))
        .first()
        .satisfies(finding -> assertThat(finding.message()).contains("outside the data"));
  }

  @Test
  void whenTheStrategyFails_thenTheErrorSaysWhenAndKeepsTheCause() {
    Strategy broken = (history, portfolio) -> {
      throw new IllegalArgumentException("no idea");
    };

    assertThatThrownBy(() -> Backtest.builder(EX_DATE, broken).build().run())
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TRADING))
        .hasMessageContaining("evening of 2024-01-02: IllegalArgumentException no idea")
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whenAnOrderIsAbsurd_thenItIsRefusedAndTheRunGoesOn() {
    Strategy absurd = (history, portfolio) -> List.of(
        PlannedOrder.of(SHARE, Side.BUY, Long.MAX_VALUE, "all"),
        PlannedOrder.of(SHARE, Side.BUY, Long.MIN_VALUE, "none"),
        PlannedOrder.of(SHARE, Side.SELL, Long.MAX_VALUE, "all"));

    BacktestRun run = Backtest.builder(EX_DATE, absurd)
        .exchange(ExchangeSettings.DEFAULT.fillMode(FillMode.OPTIMISTIC))
        .build()
        .run();

    assertThat(run.report().trades()).isEmpty();
    assertThat(run.report().blocked())
        .hasSize(9)
        .extracting(BlockedOrder::reason)
        .containsOnly(RejectReason.LOT_SIZE, RejectReason.POSITION);
  }

  @Test
  void whenAnActionContradictsTheBars_thenAFindingNamesBoth() {
    CorporateAction action =
        CorporateAction.dividend(SHARE, LocalDate.of(2024, 1, 4), new BigDecimal("1.00"));

    BacktestRun run = Backtest.builder(EX_DATE, once(Side.BUY, 1000))
        .actions(List.of(action))
        .build()
        .run();

    assertThat(run.report().findings()).singleElement().satisfies(finding -> {
      assertThat(finding.rule()).isEqualTo("action-mismatch");
      assertThat(finding.message()).contains("19.00").contains("15.00");
    });
    assertThatThrownBy(
            () -> CorporateAction.bonus(SHARE, LocalDate.of(2024, 1, 4), new BigDecimal("1e300")))
        .hasMessageContaining("600519.SH on 2024-01-04");
  }

  @Test
  void whenTheSourceOfMinutesFails_thenTheErrorNamesShareAndDay() {
    assertThatThrownBy(() -> Backtest.builder(EX_DATE, once(Side.BUY, 1000))
            .minuteBars((symbol, day) -> {
              throw new IllegalArgumentException("disk");
            })
            .build()
            .run())
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FETCH))
        .hasMessageContaining("600519.SH on 2024-01-03 could not be had: disk");
  }

  /** One share at 10.00 on five days, but for what is given. */
  private static Panel flat(double[] close, double[] reference) {
    double[] volume = {1e7, 1e7, 1e7, 1e7, 1e7};
    return Panel.ofColumns(
        List.of(SHARE),
        Panels.weekdays(FIRST, 5),
        Adjustment.RAW,
        Map.of(
            Field.OPEN, close,
            Field.HIGH, close,
            Field.LOW, close,
            Field.CLOSE, close,
            Field.VOLUME, volume,
            Field.PRE_CLOSE, reference));
  }

  @Test
  void whenABarCannotBe_thenItGivesNoValueAndNoShares() {
    for (double wrong : new double[] {100, 1, 1e9, Double.POSITIVE_INFINITY}) {
      Panel price = flat(new double[] {10, 10, wrong, 10, 10}, new double[] {10, 10, 10, 10, 10});
      Panel reference =
          flat(new double[] {10, 10, 10, 10, 10}, new double[] {10, 10, wrong, 10, 10});
      for (Panel panel : List.of(price, reference)) {
        BacktestRun run = Backtest.builder(panel, once(Side.BUY, 1000)).build().run();

        assertThat(run.portfolio().shares(SHARE)).as("%s", wrong).isEqualTo(1000);
        assertThat(run.report().days())
            .extracting(BacktestDay::account)
            .as("%s", wrong)
            .containsExactly(1_000_000.0, 999_994.90, 999_994.90, 999_994.90, 999_994.90);
      }
    }
  }

  @Test
  void whenAReferencePriceIsATickOff_thenNothingIsBooked() {
    Panel panel = flat(new double[] {10, 10, 10, 10, 10}, new double[] {10, 10, 9.99, 10.01, 9.99});

    BacktestRun run = Backtest.builder(panel, once(Side.BUY, 1000)).build().run();

    assertThat(last(run)).isEqualTo(999_994.90);
    assertThat(run.report().findings()).isEmpty();
  }

  @Test
  void whenAShareHasTwoActionsOnOneDay_thenTheirOrderDoesNotMatterAndNoneCountsTwice() {
    Panel panel =
        flat(new double[] {10, 10, 4.75, 4.75, 4.75}, new double[] {10, 10, 4.75, 4.75, 4.75});
    CorporateAction bonus = CorporateAction.bonus(SHARE, LocalDate.of(2024, 1, 4), BigDecimal.ONE);
    CorporateAction dividend =
        CorporateAction.dividend(SHARE, LocalDate.of(2024, 1, 4), new BigDecimal("0.50"));
    Backtest.Builder builder = Backtest.builder(panel, once(Side.BUY, 1000));

    assertThat(last(builder.actions(List.of(bonus, dividend)).build().run())).isEqualTo(999_994.90);
    assertThat(last(builder.actions(List.of(dividend, bonus)).build().run())).isEqualTo(999_994.90);
    assertThatThrownBy(() -> builder.actions(List.of(bonus, bonus)).build())
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CONFLICT));
  }

  @Test
  void whenRightsCostMoreThanTheMarket_thenTheyLapse() {
    Panel panel = flat(new double[] {10, 10, 10, 10, 10}, new double[] {10, 10, 10, 10, 10});
    CorporateAction rights = CorporateAction.rights(
        SHARE, LocalDate.of(2024, 1, 4), new BigDecimal("0.3"), new BigDecimal("50"));

    BacktestRun run = Backtest.builder(panel, once(Side.BUY, 1000))
        .actions(List.of(rights))
        .build()
        .run();

    assertThat(run.portfolio().shares(SHARE)).isEqualTo(1000);
    assertThat(run.report().findings()).extracting(BacktestFinding::rule).contains("rights-lapsed");
  }

  @Test
  void whenTheDividendTaxExceedsTheProceeds_thenTheSaleIsBlocked() {
    Panel panel = flat(new double[] {10, 10, 0.5, 0.5, 0.5}, new double[] {10, 10, 0.5, 0.5, 0.5});
    CorporateAction dividend =
        CorporateAction.dividend(SHARE, LocalDate.of(2024, 1, 4), new BigDecimal("9.50"));
    Ledger ledger = Ledger.open(Money.parse("10005.10"), FIRST);
    ExchangeSimulator exchange = ExchangeSimulator.of(panel, Map.of(), ExchangeSettings.DEFAULT);
    Broker first = new Broker(exchange, ledger, LocalDate.of(2024, 1, 3));
    first.send(PlannedOrder.of(SHARE, Side.BUY, 1000, "buy"));
    ledger.dividend(
        dividend.exDate(),
        SHARE,
        dividend.cashPerShare(),
        MarketRuleBook.aShare().at(FIRST).dividendTax());
    ledger.deposit(Money.parse("-9500"), dividend.exDate(), "spent elsewhere");

    Broker.Booked sale = new Broker(exchange, ledger, dividend.exDate())
        .send(PlannedOrder.of(SHARE, Side.SELL, 1000, "sell"));

    assertThat(sale.execution().refusal().orElseThrow().reason())
        .isEqualTo(RejectReason.INSUFFICIENT_FUNDS);
    assertThat(ledger.shares(SHARE)).isEqualTo(1000);
  }

  @Test
  void whenAPayoutIsNegative_thenItIsRefused() {
    assertThatThrownBy(() -> Backtest.builder(EX_DATE, once(Side.BUY, 1))
            .delisted(Map.of(SHARE, Money.parse("-50"))))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("600519.SH is not negative");
  }

  @Test
  void whenAnExDateIsNoTradingDay_thenTheNearestAreNamed() {
    CorporateAction action = CorporateAction.bonus(SHARE, LocalDate.of(2024, 1, 6), BigDecimal.ONE);
    Panel panel = Panels.table(Adjustment.RAW, HEADER + """
            2024-01-05 600519.SH 20 20 20 20 1000000 20
            2024-01-08 600519.SH 20 20 20 20 1000000 20
            """);

    assertThatThrownBy(() ->
            Backtest.builder(panel, once(Side.BUY, 1)).actions(List.of(action)).build())
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_A_TRADING_DAY))
        .hasMessageContaining("2024-01-05 and 2024-01-08");
  }

  @Test
  void whenTheStrategyGivesNull_thenItCountsAsFailed() {
    Strategy broken = (history, portfolio) -> java.util.Arrays.asList((PlannedOrder) null);

    BacktestRun run =
        Backtest.builder(EX_DATE, broken).onFailure(OnFailure.SKIP_DAY).build().run();

    assertThat(run.report().findings()).hasSize(3);
    assertThat(last(run)).isEqualTo(1_000_000);
  }

  @Test
  void whenAListingEnds_thenTheHoldingIsWrittenOffOrFlagged() {
    Panel panel = Panels.table(Adjustment.RAW, HEADER + """
            2024-01-02 600519.SH 20 20 20 20 1000000 20
            2024-01-03 600519.SH 20 20 20 20 1000000 20
            2024-01-04 600000.SH 15 15 15 15 1000000 15
            2024-01-05 600000.SH 15 15 15 15 1000000 15
            """);
    Backtest.Builder builder =
        Backtest.builder(panel, once(Side.BUY, 1000)).account(Money.parse("100000"));

    BacktestRun flagged = builder.build().run();
    BacktestRun written =
        builder.delisted(Map.of(SHARE, Money.parse("0.10"))).build().run();

    assertThat(last(flagged)).isEqualTo(99_994.80);
    assertThat(flagged.report().findings())
        .extracting(BacktestFinding::rule)
        .containsExactly("rows-ended");
    assertThat(last(written)).isEqualTo(80_094.80);
    assertThat(written.portfolio().holdings()).isEmpty();
  }

  @Test
  void whenAnOrderIsBlocked_thenTheReportSaysWhichAndWhy() {
    BacktestRun run = Backtest.builder(EX_DATE, once(Side.SELL, 100)).build().run();

    assertThat(run.report().blocked()).singleElement().satisfies(order -> {
      assertThat(order.day()).isEqualTo(LocalDate.of(2024, 1, 3));
      assertThat(order.symbol()).isEqualTo(SHARE);
      assertThat(order.reason()).isEqualTo(RejectReason.POSITION);
      assertThat(order.shares()).isEqualTo(100);
    });
  }

  @Test
  void whenTheCashPaysForAPart_thenThatPartIsBought() {
    BacktestRun run = Backtest.builder(EX_DATE, once(Side.BUY, 1000))
        .account(Money.parse("10000"))
        .period(FIRST, LocalDate.of(2024, 1, 3))
        .build()
        .run();

    assertThat(run.portfolio().shares(SHARE)).isEqualTo(400); // 500 would cost 10 005.10
    assertThat(run.report().blocked()).singleElement().satisfies(order -> {
      assertThat(order.reason()).isEqualTo(RejectReason.INSUFFICIENT_FUNDS);
      assertThat(order.shares()).isEqualTo(600);
    });
  }

  @Test
  void whenTheHostHasRiskRules_thenTheyHoldInTheBacktestToo() {
    RiskGate gate = RiskGate.standard(
        RiskSettings.conservative().toBuilder().requireStatus(false).build());
    Strategy twice = (history, portfolio) -> history.lastDay().equals(FIRST)
        ? List.of(
            PlannedOrder.of(SHARE, Side.BUY, 200, "first"),
            PlannedOrder.of(SHARE, Side.BUY, 200, "second"),
            PlannedOrder.of(SHARE, Side.BUY, 150, "odd"))
        : List.of();

    BacktestRun run = Backtest.builder(EX_DATE, twice)
        .account(Money.parse("60000"))
        .gate(gate)
        .build()
        .run();

    // one share may be a tenth: 6 000 yuan, so 200 at 20.00 and no more
    assertThat(run.report().trades()).hasSize(1);
    assertThat(run.report().blocked())
        .hasSize(2)
        .allSatisfy(order -> assertThat(order.reason()).isEqualTo(RejectReason.RISK_RULE));
    assertThat(run.report().blocked().get(0).message()).startsWith("single:");
    assertThat(run.report().blocked().get(1).message()).startsWith("lot:");
    assertThat(run.report().settings().get("risk rules")).contains("locked-stress");
  }

  @Test
  void whenTheSameRunIsRepeated_thenTheReportIsEqual() {
    Panel panel = Panels.random(8, 60, 7);
    Backtest backtest = Backtest.builder(panel, new RandomStrategy(3, 5)).build();

    assertThat(backtest.run()).isEqualTo(backtest.run());
  }

  @Test
  void whenThePeriodIsWrong_thenItIsRefusedWithTheNearestDay() {
    Backtest.Builder builder = Backtest.builder(EX_DATE, once(Side.BUY, 100));

    assertThatThrownBy(() -> builder.period(LocalDate.of(2024, 1, 5), FIRST).build())
        .hasMessageContaining("before it starts");
    assertThatThrownBy(() -> builder.period(FIRST, LocalDate.of(2024, 2, 1)).build())
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATE_OUT_OF_RANGE))
        .hasMessageContaining("2024-01-05");
    assertThatThrownBy(() ->
            Backtest.builder(EX_DATE, once(Side.BUY, 1)).account(Money.ZERO).build())
        .hasMessageContaining("starts with money");
  }

  @Test
  void whenItIsCancelled_thenItStops() {
    Cancellation cancellation = new Cancellation();
    List<Long> done = new ArrayList<>();
    Backtest backtest = Backtest.builder(EX_DATE, once(Side.BUY, 100))
        .cancellation(cancellation)
        .progress((days, total) -> {
          done.add(days);
          if (days == 2) {
            cancellation.cancel();
          }
        })
        .build();

    assertThatThrownBy(backtest::run)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(done).containsExactly(1L, 2L);
  }

  @Test
  void whenOnlyTheFactorIsKnown_thenTheExDateFollowsFromIt() {
    Panel panel = Panels.table(Adjustment.RAW, """
        day symbol open high low close volume factor
        2024-01-02 600519.SH 20 20 20 20 1000000 1
        2024-01-03 600519.SH 20 20 20 20 1000000 1.0000001
        2024-01-04 600519.SH 15 15 15 15 1000000 1.3333333
        2024-01-05 600519.SH 16.5 16.5 16.5 16.5 1000000 1.3333333
        """);
    Strategy twice = (history, portfolio) -> List.of(PlannedOrder.of(SHARE, Side.BUY, 100, "more"));

    BacktestRun run =
        Backtest.builder(panel, twice).account(Money.parse("100000")).build().run();

    assertThat(run.report().findings())
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.message()).contains("0.3 bonus shares and 0.5 yuan"));
    assertThat(run.report().trades()).hasSize(2); // the last day is sealed at its limit-up of 16.50
    assertThat(run.report().blocked())
        .singleElement()
        .satisfies(order -> assertThat(order.reason()).isEqualTo(RejectReason.LIMIT_UP));
  }

  @Test
  void whenTheReferencePriceIsMissing_thenAFindingSaysWhatIsWrong() {
    Panel panel = Panels.table(
        Adjustment.RAW,
        "day symbol open high low close volume\n2024-01-02 600519.SH 20 20 20 20 1000\n"
            + "2024-01-03 600519.SH 20 20 20 20 100000");

    BacktestRun run = Backtest.builder(panel, once(Side.BUY, 100)).build().run();

    assertThat(run.report().findings())
        .extracting(BacktestFinding::rule)
        .containsExactly("no-reference-price");
    assertThat(run.report().trades()).hasSize(1);
  }
}

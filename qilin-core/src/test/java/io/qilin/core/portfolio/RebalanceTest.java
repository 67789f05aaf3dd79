package io.qilin.core.portfolio;

import static io.qilin.core.portfolio.PortfolioOptimizerTest.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.money.Money;
import io.qilin.api.trading.ExecutionPhase;
import io.qilin.api.trading.Holding;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import io.qilin.testkit.Panels;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The last day is Friday 2024-01-05; its next session Monday 2024-01-08. */
class RebalanceTest {
  private static final Symbol MAIN = Symbol.parse("600000.SH");
  private static final Symbol OTHER = Symbol.parse("600001.SH");
  private static final Symbol STAR = Symbol.parse("688001.SH");
  private static final LocalDate FRIDAY = LocalDate.of(2024, 1, 5);
  private static final LocalDate MONDAY = LocalDate.of(2024, 1, 8);
  private static final Panel MARKET = Panels.table(Adjustment.RAW, """
      day        symbol    close volume
      2024-01-04 600000.SH 9.90  1000
      2024-01-05 600000.SH 10.00 1000
      2024-01-05 600001.SH 20.00 1000
      2024-01-05 688001.SH 50.00 1000
      2024-01-04 000001.SZ 8.00  1000
      2024-01-05 000001.SZ 8.00  0
      2024-01-05 000300.SH 3500  1000
      """);

  private static Portfolio portfolio(String cash, Map<Symbol, Long> shares) {
    Map<Symbol, List<Holding>> holdings = new TreeMap<>();
    shares.forEach((symbol, count) ->
        holdings.put(symbol, List.of(new Holding(count, Money.parse("1000"), FRIDAY))));
    return new Portfolio(Money.parse(cash), holdings);
  }

  private static RebalancePlan plan(
      Rebalance rebalance, Portfolio portfolio, Map<Symbol, Double> weights) {
    return rebalance.plan(MARKET, portfolio, TargetWeights.of(weights));
  }

  @Test
  void whenThereIsCashOnly_thenWholeLotsAreBoughtTheLargestTargetFirst() {
    RebalancePlan plan = Rebalance.DEFAULT.plan(
        MARKET,
        portfolio("100000", Map.of()),
        TargetWeights.of(Map.of(MAIN, 0.2567, OTHER, 0.3, STAR, 0.123)),
        Map.of(OTHER, "rank 1"));

    assertThat(plan.orders())
        .extracting(PlannedOrder::toString)
        .containsExactly(
            "BUY 1500 600001.SH CLOSING_AUCTION",
            "BUY 2500 600000.SH CLOSING_AUCTION",
            "BUY 246 688001.SH CLOSING_AUCTION");
    assertThat(plan.orders().get(0).reason())
        .isEqualTo("0.00 % of the account, target 30.00 %: rank 1");
    assertThat(plan.leftOut()).isEmpty();
    assertThat(plan.equity()).isEqualTo(Money.parse("100000"));
  }

  @Test
  void whenMoreIsHeldThanWanted_thenItIsSoldFirstAndPaysForTheRest() {
    RebalancePlan plan = plan(
        Rebalance.DEFAULT, portfolio("0", Map.of(MAIN, 10_050L)), Map.of(MAIN, 0.5, OTHER, 0.4));

    assertThat(plan.orders())
        .extracting(order -> order.side() + " " + order.shares() + " " + order.symbol())
        .containsExactly("SELL 5050 600000.SH", "BUY 2000 600001.SH");
  }

  @Test
  void whenAShareIsNotWanted_thenItsOddLotIsSoldToo() {
    RebalancePlan plan =
        plan(Rebalance.DEFAULT, portfolio("0", Map.of(MAIN, 333L, STAR, 7L)), Map.of());

    assertThat(plan.orders())
        .extracting(order -> order.side() + " " + order.shares() + " " + order.symbol())
        .containsExactly("SELL 333 600000.SH", "SELL 7 688001.SH");
  }

  @Test
  void whenSharesMayNotBeSoldYet_thenOnlyTheOthersAreSold() {
    Portfolio portfolio = new Portfolio(
        Money.ZERO,
        Map.of(
            MAIN,
            List.of(
                new Holding(250, Money.parse("2500"), MONDAY),
                new Holding(400, Money.parse("4000"), MONDAY.plusDays(1)))));
    TradingCalendar calendar = TradingCalendar.of(
        Panels.weekdays(LocalDate.of(2024, 1, 2), 20),
        LocalDate.of(2024, 1, 1),
        LocalDate.of(2024, 2, 1));

    RebalancePlan plan = plan(Rebalance.builder().calendar(calendar).build(), portfolio, Map.of());

    assertThat(plan.orders()).extracting(PlannedOrder::shares).containsExactly(250L);
    assertThat(plan.leftOut())
        .singleElement()
        .satisfies(out -> assertThat(out.reason()).isEqualTo(RejectReason.NOT_SELLABLE))
        .satisfies(out -> assertThat(out.message()).contains("400 of 650", "only 250"));
    assertThat(plan(Rebalance.DEFAULT, portfolio, Map.of()).orders())
        .extracting(PlannedOrder::shares)
        .containsExactly(650L);
  }

  @Test
  void whenTheCashDoesNotDo_thenTheLastPurchaseIsCut() {
    RebalancePlan plan =
        plan(Rebalance.DEFAULT, portfolio("100000", Map.of()), Map.of(MAIN, 0.5, OTHER, 0.5));

    assertThat(plan.orders())
        .extracting(order -> order.shares() + " " + order.symbol())
        .containsExactly("5000 600000.SH", "2400 600001.SH");
    assertThat(plan.leftOut())
        .singleElement()
        .satisfies(out -> assertThat(out.reason()).isEqualTo(RejectReason.INSUFFICIENT_FUNDS))
        .satisfies(out -> assertThat(out.message()).contains("100 of 2500"));
  }

  @Test
  void whenThereIsABuffer_thenTheTargetsAreOfTheRest() {
    RebalancePlan plan = plan(
        Rebalance.builder().cashBuffer(0.1).build(),
        portfolio("100000", Map.of()),
        Map.of(MAIN, 1.0));

    assertThat(plan.orders()).extracting(PlannedOrder::shares).containsExactly(8900L);
  }

  @Test
  void whenTheDifferenceIsInsideTheBand_thenNothingIsTradedUnlessItIsTheEnd() {
    Portfolio portfolio = portfolio("80000", Map.of(MAIN, 1000L, OTHER, 500L));
    Rebalance banded = Rebalance.builder().band(0.05).build();

    assertThat(plan(banded, portfolio, Map.of(MAIN, 0.14, OTHER, 0.1)).orders()).isEmpty();
    assertThat(plan(banded, portfolio, Map.of(MAIN, 0.16, OTHER, 0.1)).orders())
        .extracting(PlannedOrder::shares)
        .containsExactly(600L);
    Rebalance minimum = Rebalance.builder().minimumTrade(Money.parse("5000.01")).build();
    assertThat(plan(minimum, portfolio, Map.of(MAIN, 0.15, OTHER, 0.1)).orders())
        .isEmpty();
    Portfolio tiny = portfolio("80000", Map.of(MAIN, 10L));
    assertThat(plan(banded, tiny, Map.of()).orders())
        .extracting(PlannedOrder::shares)
        .containsExactly(10L);
  }

  @Test
  void whenAShareCannotBeTraded_thenItIsLeftOutWithTheReason() {
    Symbol suspended = Symbol.parse("000001.SZ");
    Symbol index = Symbol.parse("000300.SH");
    Symbol absent = Symbol.parse("600999.SH");

    RebalancePlan plan = plan(
        Rebalance.DEFAULT,
        portfolio("100000", Map.of(suspended, 1000L)),
        Map.of(index, 0.2, absent, 0.2));

    assertThat(plan.orders()).isEmpty();
    assertThat(plan.equity()).isEqualTo(Money.parse("108000"));
    assertThat(plan.leftOut())
        .extracting(LeftOut::symbol, LeftOut::reason)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(suspended, RejectReason.SUSPENDED),
            org.assertj.core.groups.Tuple.tuple(index, RejectReason.UNKNOWN_SYMBOL),
            org.assertj.core.groups.Tuple.tuple(absent, RejectReason.NO_PRICE));
  }

  @Test
  void whenLessThanALotIsWanted_thenThereIsNoOrder() {
    RebalancePlan plan =
        plan(Rebalance.DEFAULT, portfolio("100000", Map.of()), Map.of(STAR, 0.09, MAIN, 0.009));

    assertThat(plan.orders()).isEmpty();
    assertThat(plan.leftOut())
        .singleElement()
        .satisfies(out -> assertThat(out.symbol()).isEqualTo(STAR))
        .satisfies(out -> assertThat(out.message()).contains("180", "200"));
  }

  @Test
  void whenAnOrderIsTooLarge_thenItIsSplit() {
    Portfolio rich = portfolio("100000000", Map.of(STAR, 250_050L));

    RebalancePlan sales = plan(Rebalance.DEFAULT, rich, Map.of());
    RebalancePlan purchases =
        plan(Rebalance.DEFAULT, portfolio("100000000", Map.of()), Map.of(MAIN, 0.25));

    assertThat(sales.orders())
        .extracting(PlannedOrder::shares)
        .containsExactly(100_000L, 100_000L, 50_050L);
    assertThat(purchases.orders())
        .extracting(PlannedOrder::shares)
        .containsExactly(1_000_000L, 1_000_000L, 500_000L);
  }

  @Test
  void whenAPhaseIsSet_thenTheOrdersHaveIt() {
    RebalancePlan plan = plan(
        Rebalance.builder().phase(ExecutionPhase.OPENING_AUCTION).build(),
        portfolio("100000", Map.of()),
        Map.of(MAIN, 0.5));

    assertThat(plan.orders())
        .singleElement()
        .satisfies(order -> assertThat(order.phase()).isEqualTo(ExecutionPhase.OPENING_AUCTION))
        .satisfies(order -> assertThat(order.side()).isEqualTo(Side.BUY))
        .satisfies(order -> assertThat(order.limit()).isEmpty());
    assertThat(plan.orders().get(0).order(BigDecimal.TEN).shares()).isEqualTo(5000);
  }

  @Test
  void whenSettingsOrPricesAreBad_thenRefused() {
    assertInvalid(() -> Rebalance.builder().cashBuffer(1), "cashBuffer");
    assertInvalid(() -> Rebalance.builder().band(Double.NaN), "band");
    assertInvalid(() -> Rebalance.builder().minimumTrade(Money.ofFen(-1)), "minimumTrade");
    Panel adjusted = Panels.table(Adjustment.FORWARD, """
        day        symbol    close
        2024-01-05 600000.SH 10.00
        """);
    assertInvalid(
        () -> Rebalance.DEFAULT.plan(adjusted, portfolio("1", Map.of()), TargetWeights.CASH),
        "raw prices",
        "FORWARD");
  }
}

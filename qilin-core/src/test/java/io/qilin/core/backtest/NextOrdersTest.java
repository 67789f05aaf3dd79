package io.qilin.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.ExecutionPhase;
import io.qilin.api.trading.Holding;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.Side;
import io.qilin.core.risk.RiskGate;
import io.qilin.core.risk.RiskSettings;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NextOrdersTest {
  private static final Symbol OWNED = Symbol.parse("600519.SH");
  private static final Symbol OTHER = Symbol.parse("000001.SZ");
  private static final LocalDate SESSION = LocalDate.of(2024, 1, 4);
  private static final Panel HISTORY = Panels.table(Adjustment.RAW, """
      day symbol open high low close volume pre_close
      2024-01-02 600519.SH 10 10 10 10 10000000 10
      2024-01-03 600519.SH 10 10 10 10 10000000 10
      2024-01-02 000001.SZ 20 20 20 20 10000000 20
      2024-01-03 000001.SZ 20 20 20 20 10000000 20
      """);
  private static final Portfolio PORTFOLIO = new Portfolio(
      Money.parse("100000"),
      Map.of(OWNED, List.of(new Holding(1000, Money.parse("10000"), SESSION))));
  private static final RiskGate GATE = RiskGate.standard(
      RiskSettings.aggressive().toBuilder().requireStatus(false).build());

  private static List<NextOrder> orders(PlannedOrder... wanted) {
    return NextOrders.builder((history, portfolio) -> List.of(wanted), GATE)
        .build()
        .list(HISTORY, PORTFOLIO, SESSION);
  }

  @Test
  void whenAnOrderCanBeSent_thenItCarriesAPriceALittleWorseThanTheClose() {
    List<NextOrder> list = orders(
        PlannedOrder.of(OTHER, Side.BUY, 500, "best"),
        PlannedOrder.of(OWNED, Side.SELL, 1000, "worst").in(ExecutionPhase.CONTINUOUS));

    assertThat(list).allSatisfy(order -> assertThat(order.sendable()).isTrue());
    assertThat(list.get(0).order().orElseThrow().toString())
        .isEqualTo("SELL 1000 600519.SH @ 9.80");
    assertThat(list.get(0).planned().reason()).isEqualTo("worst");
    assertThat(list.get(1).order().orElseThrow().toString()).isEqualTo("BUY 500 000001.SZ @ 20.40");
    assertThat(list.get(1).limits().orElseThrow().down()).isEqualTo(18.00);
  }

  @Test
  void whenSomethingStandsAgainstIt_thenEachRuleIsNamed() {
    List<NextOrder> list = orders(
        PlannedOrder.of(OTHER, Side.BUY, 150, "odd"),
        PlannedOrder.of(OWNED, Side.SELL, 2000, "too many"),
        PlannedOrder.of(OTHER, Side.BUY, 0, "nothing"),
        PlannedOrder.of(Symbol.parse("600999.SH"), Side.BUY, 100, "unknown"));

    assertThat(list).noneMatch(NextOrder::sendable);
    assertThat(list.get(0).blocks()).extracting(RiskVerdict.Reject::rule).contains("sellable");
    assertThat(list.get(1).blocks()).extracting(RiskVerdict.Reject::rule).contains("lot");
    assertThat(list.get(2).blocks())
        .singleElement()
        .satisfies(block -> assertThat(block.reason()).contains("must be positive"));
    assertThat(list.get(3).order()).isEmpty();
    assertThat(list.get(3).blocks().get(0).reason()).contains("600999.SH");
  }

  @Test
  void whenASaleCanBeSent_thenItsMoneyBuys() {
    List<NextOrder> list = orders(
        PlannedOrder.of(OTHER, Side.BUY, 1000, "first"),
        PlannedOrder.of(OTHER, Side.BUY, 4000, "second"),
        PlannedOrder.of(OWNED, Side.SELL, 1000, "brings 9 800 yuan"));

    assertThat(list.get(1).sendable()).isTrue();
    // 100 000 + 9 800 − 20 400 are left, 81 600 are needed: only the limit of one share is against
    // it
    assertThat(list.get(2).blocks())
        .extracting(RiskVerdict.Reject::rule)
        .contains("single")
        .doesNotContain("cash");
    assertThat(orders(PlannedOrder.of(OTHER, Side.BUY, 5000, "too dear")).get(0).blocks())
        .extracting(RiskVerdict.Reject::rule)
        .contains("cash");
  }

  @Test
  void whenTheReachIsWide_thenTheLimitsHold() {
    NextOrders wide = NextOrders.builder(
            (history, portfolio) -> List.of(
                PlannedOrder.of(OTHER, Side.BUY, 500, "buy"),
                PlannedOrder.of(OWNED, Side.SELL, 1000, "sell")),
            GATE)
        .reach(0.5)
        .build();

    assertThat(wide.list(HISTORY, PORTFOLIO, SESSION))
        .extracting(next -> next.order().orElseThrow().price().toPlainString())
        .containsExactly("9.00", "22.00");
    assertThatThrownBy(() -> NextOrders.builder((h, p) -> List.of(), GATE).reach(Double.NaN))
        .hasMessageContaining("0 to 0.5");
  }

  @Test
  void whenTheHistoryReachesTheSession_thenItIsRefused() {
    assertThatThrownBy(() -> NextOrders.builder((history, portfolio) -> List.of(), GATE)
            .build()
            .list(HISTORY, PORTFOLIO, LocalDate.of(2024, 1, 3)))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("must end before the session");
  }
}

package io.qilin.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.trading.ExecutionPhase;
import io.qilin.api.trading.Holding;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.Side;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopkDropoutStrategyTest {
  private static final Money COST = Money.parse("1000.00");

  private static Signal scores(double... scores) {
    return history -> scores;
  }

  private static Portfolio owns(String cash, Symbol symbol, long shares, LocalDate sellableFrom) {
    return new Portfolio(
        Money.parse(cash), Map.of(symbol, List.of(new Holding(shares, COST, sellableFrom))));
  }

  private static final Panel PANEL = Bars.raw(3)
      .closes(Bars.A, 9, 9.5, 10)
      .closes(Bars.B, 20, 20, Double.NaN)
      .closes(Bars.STAR, 50, 48, 47.31)
      .build();

  @Test
  void whenThereIsOnlyCash_thenTheBestAreBoughtInLotsOfTheirBoards() {
    var strategy = TopkDropout.builder(2, 1).build().on(scores(2, 1, 3));
    // 0.95 × 100 000 / 2 = 47 500 each: 1004.01 shares at 47.31, 4 750 at 10 in lots of 100.
    assertThat(strategy.orders(PANEL, Portfolio.ofCash(Money.parse("100000.00"))))
        .containsExactly(
            PlannedOrder.of(
                Bars.STAR,
                Side.BUY,
                1004,
                "rank 1 of 3 is the best not held; 47500.00 yuan at the last close 47.31"),
            PlannedOrder.of(
                Bars.A,
                Side.BUY,
                4700,
                "rank 2 of 3 is the best not held; 47500.00 yuan at the last close 10.0"));
  }

  @Test
  void whenAHoldingFellOut_thenItIsSoldWholeAndItsProceedsBuy() {
    var strategy = TopkDropout.builder(1, 1)
        .riskDegree(1)
        .phase(ExecutionPhase.OPENING_AUCTION)
        .build()
        .on(scores(1, Double.NaN, 2));
    // 530 at 10 and 0.50 of cash: 5 300.50 at 47.31 is 112.04 shares, less than the smallest 200.
    assertThat(strategy.orders(PANEL, owns("0.50", Bars.A, 530, Bars.DAYS[1])))
        .containsExactly(new PlannedOrder(
            Bars.A,
            Side.SELL,
            530,
            Optional.empty(),
            ExecutionPhase.OPENING_AUCTION,
            "rank 2 of 2 fell out of the top 1 + 1"));
    assertThat(strategy.orders(PANEL, owns("10000.00", Bars.A, 530, Bars.DAYS[1])))
        .extracting(PlannedOrder::symbol, PlannedOrder::side, PlannedOrder::shares)
        .containsExactly(tuple(Bars.A, Side.SELL, 530L), tuple(Bars.STAR, Side.BUY, 323L));
  }

  @Test
  void whenAHoldingIsTooYoung_thenItStays() {
    // Bought on day 0, sellable from day 1: held 3 days at the close of day 2.
    var portfolio = owns("0.50", Bars.A, 500, Bars.DAYS[1]);
    assertThat(young(3).orders(PANEL, portfolio)).hasSize(1);
    assertThat(young(4).orders(PANEL, portfolio)).isEmpty();
    // Bought on the last day, sellable from the next session.
    var fresh = owns("0.50", Bars.A, 500, Bars.DAYS[3]);
    assertThat(young(1).orders(PANEL, fresh)).hasSize(1);
    assertThat(young(2).orders(PANEL, fresh)).isEmpty();
  }

  private static TopkDropoutStrategy young(int threshold) {
    return TopkDropout.builder(1, 1).holdThreshold(threshold).build().on(scores(1, 1, 2));
  }

  @Test
  void whenAnOrderIsLargerThanTheBoardTakes_thenItIsSplit() {
    Panel cheap = Bars.raw(1).closes(Bars.A, 2).closes(Bars.B, 1).build();
    var strategy = TopkDropout.builder(1, 1).build().on(scores(1, 0));
    assertThat(strategy.orders(cheap, Portfolio.ofCash(Money.parse("6000000.00"))))
        .extracting(PlannedOrder::shares)
        .containsExactly(1_000_000L, 1_000_000L, 850_000L);
    assertThat(strategy.orders(cheap, owns("0.00", Bars.B, 1_000_150, Bars.DAYS[0])))
        .filteredOn(order -> order.side() == Side.SELL)
        .extracting(PlannedOrder::shares)
        .containsExactly(1_000_000L, 150L);
  }

  @Test
  void whenASuspendedShareIsBest_thenItIsPlannedAtItsLastCloseUnlessOnlyTradable() {
    var cash = Portfolio.ofCash(Money.parse("10000.00"));
    Signal signal = scores(1, 2, Double.NaN);
    // 9 500 at 20 is 475 shares.
    assertThat(TopkDropout.builder(1, 1).build().on(signal).orders(PANEL, cash))
        .extracting(PlannedOrder::symbol, PlannedOrder::shares)
        .containsExactly(tuple(Bars.B, 400L));
    assertThat(TopkDropout.builder(1, 1).onlyTradable(true).build().on(signal).orders(PANEL, cash))
        .extracting(PlannedOrder::symbol, PlannedOrder::shares)
        .containsExactly(tuple(Bars.A, 900L));
  }

  @Test
  void whenAHoldingIsNotInTheHistory_thenItIsLastAndCountsForNothing() {
    Symbol gone = Symbol.parse("600001.SH");
    var strategy = TopkDropout.builder(1, 1).build().on(scores(1, Double.NaN, Double.NaN));
    assertThat(strategy.orders(PANEL, owns("1000.00", gone, 100, Bars.DAYS[0])))
        .extracting(PlannedOrder::symbol, PlannedOrder::side, PlannedOrder::shares)
        .containsExactly(tuple(gone, Side.SELL, 100L));
    assertThat(strategy.orders(PANEL, owns("2000.00", gone, 100, Bars.DAYS[0]))).hasSize(2);
  }

  @Test
  void whenNoShareHasAScore_thenNothingIsOrdered() {
    var strategy = TopkDropout.builder(1, 1).build().on(scores(Double.NaN, Double.NaN, Double.NaN));
    assertThat(strategy.orders(PANEL, owns("1000.00", Bars.A, 100, Bars.DAYS[0])))
        .isEmpty();
  }

  @Test
  void whenTheInputIsWrong_thenItIsRefused() {
    var cash = Portfolio.ofCash(Money.parse("1000.00"));
    Panel adjusted = Bars.adjusted(1).closes(Bars.A, 10).build();
    assertThatThrownBy(() -> TopkDropout.builder(1, 1).build().on(scores(1)).orders(adjusted, cash))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining("withAdjustment(RAW)");
    assertThatThrownBy(() -> TopkDropout.builder(1, 1).build().on(scores(1)).orders(PANEL, cash))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("gave 1 scores on 2024-01-04, but the history has 3 shares");
  }
}

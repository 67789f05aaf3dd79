package io.qilin.core.portfolio;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.trading.Holding;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.Side;
import io.qilin.core.risk.BuyingPower;
import io.qilin.core.rules.Fees;
import io.qilin.core.rules.LotRule;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.testkit.Panels;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What every plan keeps to, on four boards. */
class RebalancePropertyTest {
  private static final LocalDate DAY = LocalDate.of(2024, 1, 2);
  private static final List<Symbol> SHARES =
      List.of("000001.SZ", "300001.SZ", "600000.SH", "688001.SH", "920001.BJ").stream()
          .map(Symbol::parse)
          .toList();

  @Property(tries = 300)
  void whenPlanned_thenEveryOrderIsOneThatTheExchangeTakesAndTheCashPaysFor(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Panel.Builder builder = Panel.builder(Panels.weekdays(DAY, 1), Adjustment.RAW);
    Map<Symbol, BigDecimal> prices = new HashMap<>();
    Map<Symbol, List<Holding>> holdings = new HashMap<>();
    Map<Symbol, Double> weights = new HashMap<>();
    for (Symbol symbol : SHARES) {
      BigDecimal price = BigDecimal.valueOf(100 + random.nextInt(20_000), 2);
      prices.put(symbol, price);
      builder.column(symbol, Field.CLOSE, 0, new double[] {price.doubleValue()});
      if (random.nextBoolean()) {
        holdings.put(
            symbol, List.of(new Holding(1 + random.nextInt(300_000), Money.ofFen(1), DAY)));
      }
      weights.put(symbol, random.nextInt(3) * 0.1);
    }
    Portfolio portfolio = new Portfolio(Money.ofFen(random.nextLong(1L << 32)), holdings);

    RebalancePlan plan =
        Rebalance.DEFAULT.plan(builder.build(), portfolio, TargetWeights.of(weights));

    assertThat(plan)
        .isEqualTo(Rebalance.DEFAULT.plan(builderOf(prices), portfolio, TargetWeights.of(weights)));
    Money cash = portfolio.cash();
    Map<Symbol, Long> held = new HashMap<>();
    boolean bought = false;
    for (PlannedOrder order : plan.orders()) {
      Symbol symbol = order.symbol();
      LotRule lots = MarketRuleBook.aShare()
          .at(DAY)
          .ruleOf(symbol, Optional.empty())
          .orElseThrow()
          .lots();
      Fees fees =
          MarketRuleBook.aShare().at(DAY).fees(MarketRuleBook.boardOf(symbol).orElseThrow());
      long before = held.getOrDefault(symbol, portfolio.shares(symbol));
      if (order.side() == Side.SELL) {
        assertThat(bought).as("sales come first").isFalse();
        assertThat(lots.allowsSell(order.shares(), before)).as(order.toString()).isTrue();
        Money amount =
            Money.ofYuan(prices.get(symbol).multiply(BigDecimal.valueOf(order.shares())));
        cash =
            cash.plus(amount).minus(fees.of(Side.SELL, amount, order.shares()).total());
        held.put(symbol, before - order.shares());
      } else {
        bought = true;
        assertThat(lots.allowsBuy(order.shares())).as(order.toString()).isTrue();
        cash = cash.minus(BuyingPower.cost(prices.get(symbol), order.shares(), fees));
        assertThat(cash.isNegative()).as(order.toString()).isFalse();
        held.put(symbol, before + order.shares());
        double value = held.get(symbol) * prices.get(symbol).doubleValue();
        assertThat(value / plan.equity().yuan().doubleValue())
            .isLessThanOrEqualTo(weights.get(symbol) + 1e-9);
      }
    }
    for (Symbol symbol : SHARES) {
      if (weights.get(symbol) == 0) {
        assertThat(held.getOrDefault(symbol, portfolio.shares(symbol))).isZero();
      }
    }
  }

  private static Panel builderOf(Map<Symbol, BigDecimal> prices) {
    Panel.Builder builder = Panel.builder(Panels.weekdays(DAY, 1), Adjustment.RAW);
    prices.forEach((symbol, price) ->
        builder.column(symbol, Field.CLOSE, 0, new double[] {price.doubleValue()}));
    return builder.build();
  }
}

package io.qilin.core.backtest;

import io.qilin.api.money.Money;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random markets with boards, suspensions and corporate actions, and random orders in them. */
class BacktestPropertyTest {
  @Property(tries = 60)
  void whenMarketAndOrdersAreRandom_thenTheBooksBalanceAndNoRuleIsBroken(
      @ForAll long seed, @ForAll FillMode mode, @ForAll @IntRange(min = 5, max = 60) int length) {
    RandomMarket market = new RandomMarket(seed, length);
    BacktestRun run = Backtest.builder(market.panel, new RandomStrategy(seed, 10))
        .account(Money.parse("300000"))
        .actions(market.actions)
        .exchange(ExchangeSettings.DEFAULT.fillMode(mode).slippageBps(30))
        .build()
        .run();

    BacktestInvariants.check(market.panel, Map.of(), run);
  }
}

package io.qilin.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Panel;
import io.qilin.api.money.Money;
import io.qilin.api.trading.RejectReason;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random orders on real bars: no run may break a rule of the exchange or the books. */
class BacktestGoldenTest {
  @ParameterizedTest
  @EnumSource(FillMode.class)
  void whenOrdersAreRandom_thenEveryFillObeysTheRulesAndTheBooksBalance(FillMode mode) {
    Panel raw = RealBars.raw();
    BacktestRun run = Backtest.builder(raw, new RandomStrategy(mode.name().length(), 12))
        .account(Money.parse("5000000"))
        .exchange(ExchangeSettings.DEFAULT.fillMode(mode).slippageBps(5))
        .build()
        .run();

    BacktestInvariants.check(raw, Map.of(), run);
    assertThat(run.report().days()).hasSize(raw.days().size());
    assertThat(run.report().trades()).hasSizeGreaterThan(1000);
    Map<RejectReason, Long> reasons = run.report().blocked().stream()
        .collect(Collectors.groupingBy(BlockedOrder::reason, Collectors.counting()));
    assertThat(reasons.keySet())
        .contains(
            RejectReason.LOT_SIZE,
            RejectReason.TICK,
            RejectReason.PRICE_LIMIT,
            RejectReason.SUSPENDED,
            RejectReason.INSUFFICIENT_FUNDS,
            RejectReason.NOT_REACHED);
    assertThat(run.report().findings().stream().map(BacktestFinding::rule))
        .contains("implied-ex-date");
  }
}

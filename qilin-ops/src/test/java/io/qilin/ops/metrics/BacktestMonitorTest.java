package io.qilin.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BacktestMonitorTest {
  private static final Symbol MAOTAI = Symbol.parse("600519.SH");
  private static final Symbol PING_AN = Symbol.parse("000001.SZ");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final BacktestMonitor monitor =
      BacktestMonitor.of(QilinMetrics.on(registry), TradeLedger.of(3));

  private static TradeEvent trade(String strategy, Symbol symbol, String action, String price) {
    return new TradeEvent(Instant.EPOCH, strategy, symbol, action, new BigDecimal(price), 100);
  }

  @Test
  void whenATradeIsMade_thenMetersHaveStrategyAndActionOnlyAndTheLedgerHasTheRest() {
    monitor.trade(trade("alpha", MAOTAI, "buy", "1700.00"));
    monitor.trade(trade("alpha", PING_AN, "SELL", "10.50"));
    monitor.trade(trade("beta", PING_AN, "BUY", "10.40"));
    monitor.portfolio("alpha", Money.parse("1000000.00"), Money.parse("5000.00"), 2);
    assertThat(registry
            .get("qilin.trade.event")
            .tag("strategy", "alpha")
            .tag("action", "BUY")
            .summary()
            .max())
        .isEqualTo(1_700);
    assertThat(registry.getMeters().stream()
            .map(Meter::getId)
            .flatMap(id ->
                Stream.concat(Stream.of(id.getName()), id.getTags().stream().map(Tag::toString))))
        .noneMatch(text -> text.contains("600519") || text.contains("100)"));
    TradeLedger ledger = monitor.ledger();
    assertThat(ledger.trades(TradeFilter.ALL.withSymbol(PING_AN))).hasSize(2);
    assertThat(ledger.trades(TradeFilter.ALL.withStrategy("alpha").withAction("buy")))
        .singleElement()
        .satisfies(found -> assertThat(found.symbol()).isEqualTo(MAOTAI));
    assertThat(registry.get("qilin.portfolio.positions").gauge().value()).isEqualTo(2);
    assertThatThrownBy(() -> monitor.portfolio("alpha", Money.ZERO, Money.ZERO, -1))
        .isInstanceOf(QilinException.class);
  }

  @Property(tries = 100)
  void whenTheLedgerIsFull_thenTheOldestAreForgottenAndCounted(
      @ForAll @IntRange(min = 1, max = 20) int capacity, @ForAll @IntRange(max = 60) int trades) {
    TradeLedger ledger = TradeLedger.of(capacity);
    for (int i = 0; i < trades; i++) {
      ledger.add(trade("s" + i, MAOTAI, "BUY", "1"));
    }
    assertThat(ledger.trades(TradeFilter.ALL)).hasSize(Math.min(capacity, trades));
    assertThat(ledger.forgotten()).isEqualTo(Math.max(0, trades - capacity));
    if (trades > 0) {
      assertThat(ledger.trades(TradeFilter.ALL.withStrategy("s" + (trades - 1))))
          .hasSize(1);
    }
  }

  @Test
  void whenATradeCannotBe_thenItIsRefused() {
    assertThatThrownBy(() -> trade("", MAOTAI, "BUY", "1")).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> trade("a", MAOTAI, "bu y", "1"))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("'bu y'");
    assertThatThrownBy(() -> trade("a", MAOTAI, "BUY", "0")).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> TradeLedger.of(0)).isInstanceOf(QilinException.class);
  }
}

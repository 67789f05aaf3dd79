package io.qilin.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.ops.DocPage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The examples of docs/ops-metrics.md. */
class MetricsDocTest {
  private static final Path SOURCE = Path.of(System.getProperty("basedir", "."))
      .resolve("src/test/java/io/qilin/ops/metrics/MetricsDocTest.java");

  @Test
  void whenThePageShowsCode_thenItIsTheCodeHere() throws IOException {
    DocPage.of("ops-metrics.md").assertShows("# Metrics", SOURCE);
    DocPage.of("ops-metrics.md").assertShows("## A store of time series", SOURCE);
  }

  @Test
  void whenTheExampleRuns_thenItMeasures() {
    MeterRegistry registry = new SimpleMeterRegistry();
    Clock clock = Clock.systemUTC();

    QilinMetrics metrics = QilinMetrics.on(registry);
    BacktestMonitor monitor = BacktestMonitor.of(metrics, TradeLedger.of(10_000));
    try (BusinessMetrics business = BusinessMetrics.builder(
            metrics,
            () ->
                BusinessFigures.UNKNOWN.withAccuracy(0.62, 120).withProfit(Money.parse("3100.00")),
            System::nanoTime)
        .start()) {
      metrics.requests().finished("GET", "/factors/{set}", 200, Duration.ofMillis(12));
      monitor.trade(new TradeEvent(
          clock.instant(),
          "alpha",
          Symbol.parse("600519.SH"),
          "buy",
          new BigDecimal("1700.00"),
          100));
      monitor.ledger().trades(TradeFilter.ALL.withStrategy("alpha").withAction("BUY"));
      business.health();
    }

    assertThat(registry.get("qilin.trade.event").summary().count()).isEqualTo(1);
    assertThat(monitor.ledger().trades(TradeFilter.ALL)).hasSize(1);
  }

  @Test
  void whenTheExampleOfAStoreRuns_thenItIsWritten() {
    List<MeasuredPoint> stored = new CopyOnWriteArrayList<>();
    MetricsSink sink = stored::addAll;
    Clock clock = Clock.systemUTC();

    try (MetricsBuffer buffer = MetricsBuffer.builder(sink, System::nanoTime).start()) {
      buffer.offer(
          MeasuredPoint.of("portfolio_value", Map.of("strategy", "alpha"), 1e6, clock.instant()));
    }

    assertThat(stored).hasSize(1);
  }
}

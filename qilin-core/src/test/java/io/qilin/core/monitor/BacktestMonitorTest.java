package io.qilin.core.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.trading.Side;
import io.qilin.core.backtest.BacktestDay;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.backtest.DayPosition;
import io.qilin.core.backtest.Trade;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacktestMonitorTest {
  private static final Symbol MOUTAI = Symbol.parse("600519.SH");
  private static final Symbol PING_AN = Symbol.parse("000001.SZ");
  private static final Instant AT = Instant.parse("2024-01-02T07:00:00Z");

  private record Measurement(String name, Map<String, String> tags, double value) {}

  private final List<Measurement> measured = new ArrayList<>();
  private final BacktestMonitor monitor =
      new BacktestMonitor((name, tags, value) -> measured.add(new Measurement(name, tags, value)));

  private static TradeEvent trade(String strategy, Symbol symbol, Side action, int second) {
    return new TradeEvent(AT.plusSeconds(second), strategy, symbol, action, 10.5, 100);
  }

  @Test
  void whenATradeIsRecorded_thenThePriceIsMeasuredByStrategyAndActionOnly() {
    monitor.record(trade("momentum", MOUTAI, Side.BUY, 0));
    assertThat(measured)
        .containsExactly(new Measurement(
            "qilin.backtest.trade_event", Map.of("strategy", "momentum", "action", "BUY"), 10.5));
  }

  @Test
  void whenAValueIsRecorded_thenItIsMeasuredByStrategyOnly() {
    monitor.record(new PortfolioValue(AT, "momentum", 1000, 300, 2));
    assertThat(measured)
        .containsExactly(new Measurement(
            "qilin.backtest.portfolio_value", Map.of("strategy", "momentum"), 1000));
  }

  @Test
  void whenFiltered_thenEveryPartCounts() {
    TradeEvent first = trade("a", MOUTAI, Side.BUY, 0);
    TradeEvent second = trade("a", PING_AN, Side.SELL, 1);
    TradeEvent third = trade("b", MOUTAI, Side.SELL, 2);
    List.of(first, second, third).forEach(monitor::record);
    HistoryFilter all = HistoryFilter.ALL;
    assertThat(monitor.trades(all)).containsExactly(first, second, third);
    assertThat(monitor.trades(all.ofStrategy("a"))).containsExactly(first, second);
    assertThat(monitor.trades(all.ofSymbol(MOUTAI))).containsExactly(first, third);
    assertThat(monitor.trades(all.ofAction(Side.SELL))).containsExactly(second, third);
    assertThat(monitor.trades(all.ofAction(Side.SELL).ofSymbol(MOUTAI))).containsExactly(third);
    assertThat(monitor.trades(all.between(AT.plusSeconds(1), AT.plusSeconds(2))))
        .containsExactly(second);
    assertThat(monitor.trades(all.ofStrategy("c"))).isEmpty();
  }

  @Test
  void whenValuesAreFiltered_thenByStrategyAndTime() {
    PortfolioValue first = new PortfolioValue(AT, "a", 1, 1, 0);
    PortfolioValue second = new PortfolioValue(AT.plusSeconds(1), "b", 2, 1, 1);
    monitor.record(first);
    monitor.record(second);
    assertThat(monitor.values(HistoryFilter.ALL)).containsExactly(first, second);
    assertThat(monitor.values(HistoryFilter.ALL.ofStrategy("b"))).containsExactly(second);
    assertThat(monitor.values(HistoryFilter.ALL.between(AT, AT.plusSeconds(1))))
        .containsExactly(first);
    assertThat(monitor.values(HistoryFilter.ALL.ofSymbol(MOUTAI))).isEmpty();
  }

  @Test
  void whenItIsFull_thenTheOldestAreDroppedAndCounted() {
    BacktestMonitor small = new BacktestMonitor(MetricSink.NONE, 2);
    for (int i = 0; i < 5; i++) {
      small.record(trade("a", MOUTAI, Side.BUY, i));
      small.record(new PortfolioValue(AT.plusSeconds(i), "a", i, 0, 0));
    }
    assertThat(small.trades(HistoryFilter.ALL))
        .extracting(TradeEvent::at)
        .containsExactly(AT.plusSeconds(3), AT.plusSeconds(4));
    assertThat(small.values(HistoryFilter.ALL))
        .extracting(PortfolioValue::value)
        .containsExactly(3.0, 4.0);
    assertThat(small.droppedTrades()).isEqualTo(3);
    assertThat(small.droppedValues()).isEqualTo(3);
  }

  @Test
  void whenThereAreManyStrategies_thenTheMetricsStayFewAndTheRecordsTrue() {
    for (int i = 0; i < 3 * BacktestMonitor.MOST_STRATEGIES; i++) {
      monitor.record(trade("trial " + i, MOUTAI, Side.BUY, i));
    }
    monitor.record(trade("trial 7", MOUTAI, Side.BUY, 0));
    Set<String> tags = new HashSet<>();
    measured.forEach(one -> tags.add(one.tags().get("strategy")));
    assertThat(tags).hasSize(BacktestMonitor.MOST_STRATEGIES + 1).contains("other", "trial 7");
    assertThat(measured.get(measured.size() - 1).tags()).containsEntry("strategy", "trial 7");
    assertThat(monitor.trades(HistoryFilter.ALL.ofStrategy("trial 299"))).hasSize(1);
  }

  @Test
  void whenManyThreadsRecord_thenNothingIsLost() throws InterruptedException, ExecutionException {
    int threads = 8;
    int each = 5000;
    Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    BacktestMonitor shared = new BacktestMonitor(
        (name, tags, value) ->
            counts.computeIfAbsent(tags.get("strategy"), s -> new LongAdder()).increment(),
        threads * each - 1000);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    CountDownLatch start = new CountDownLatch(threads);
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        String strategy = "s" + t;
        futures.add(executor.submit(() -> {
          start.countDown();
          start.await();
          for (int i = 0; i < each; i++) {
            shared.record(trade(strategy, MOUTAI, Side.BUY, i));
          }
          return null;
        }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(shared.droppedTrades()).isEqualTo(1000);
    assertThat(shared.trades(HistoryFilter.ALL)).hasSize(threads * each - 1000);
    assertThat(counts).hasSize(threads);
    assertThat(counts.values()).allSatisfy(count -> assertThat(count.sum()).isEqualTo(each));
    for (int t = 0; t < threads; t++) {
      assertThat(shared.trades(HistoryFilter.ALL.ofStrategy("s" + t)))
          .extracting(TradeEvent::at)
          .isSorted();
    }
  }

  @Test
  void whenABacktestIsRecorded_thenItsTradesAndDaysAreThereAtTheClose() {
    LocalDate day = LocalDate.of(2024, 1, 2);
    BacktestReport report = new BacktestReport(
        BacktestReport.Mode.QLIB,
        Map.of(),
        List.of(
            new BacktestDay(day, 1000, 0, 100, 0.1, 1, 0.001, 100, 900, Double.NaN),
            new BacktestDay(day.plusDays(1), 1001, 0, 100, 0, 1, 0, 0, 1001, Double.NaN)),
        List.of(new Trade(day, MOUTAI, Side.BUY, 12.5, 8, 100, 1, Double.NaN, "top")),
        List.of(),
        List.of(new DayPosition(day, MOUTAI, 12.5, 8, 0.1, 1)),
        List.of(),
        "hash");
    monitor.record("topk", report);
    assertThat(monitor.trades(HistoryFilter.ALL))
        .containsExactly(new TradeEvent(AT, "topk", MOUTAI, Side.BUY, 8, 12.5));
    assertThat(monitor.values(HistoryFilter.ALL))
        .containsExactly(
            new PortfolioValue(AT, "topk", 1000, 900, 1),
            new PortfolioValue(AT.plusSeconds(86_400), "topk", 1001, 1001, 0));
  }

  @Test
  void whenWrittenAsJson_thenTextsCannotBreakOut() {
    monitor.record(trade("a\"b", MOUTAI, Side.SELL, 0));
    monitor.record(new PortfolioValue(AT, "c", 1.5, 0, 3));
    assertThat(MonitorJson.of(monitor, HistoryFilter.ALL).replaceAll("\\s+", " "))
        .isEqualTo("{ \"trades\": [ { \"at\": \"2024-01-02T07:00:00Z\", \"strategy\": \"a\\\"b\","
            + " \"symbol\": \"600519.SH\", \"action\": \"SELL\", \"price\": 10.5,"
            + " \"quantity\": 1E+2 } ], \"values\": [ { \"at\": \"2024-01-02T07:00:00Z\","
            + " \"strategy\": \"c\", \"value\": 1.5, \"cash\": 0, \"positions\": 3 } ],"
            + " \"dropped\": { \"trades\": 0, \"values\": 0 } } ");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void whenAPriceOrQuantityIsNoAmount_thenItIsRefused(double bad) {
    assertInvalid(() -> new TradeEvent(AT, "a", MOUTAI, Side.BUY, bad, 100));
    assertInvalid(() -> new TradeEvent(AT, "a", MOUTAI, Side.BUY, 10, bad));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\u202eb", "a\u2028b"})
  void whenAStrategyHasNoName_thenItIsRefused(String bad) {
    assertInvalid(() -> new TradeEvent(AT, bad, MOUTAI, Side.BUY, 10, 100));
    assertInvalid(() -> new PortfolioValue(AT, bad, 1, 1, 0));
    assertInvalid(() -> new PortfolioValue(AT, "x".repeat(65), 1, 1, 0));
  }

  @Test
  void whenAnAccountIsNotFinite_thenItIsRefused() {
    assertInvalid(() -> new PortfolioValue(AT, "a", Double.NaN, 1, 0));
    assertInvalid(() -> new PortfolioValue(AT, "a", 1, Double.NEGATIVE_INFINITY, 0));
    assertInvalid(() -> new PortfolioValue(AT, "a", 1, 1, -1));
    assertInvalid(() -> new BacktestMonitor(MetricSink.NONE, 0));
  }

  private static void assertInvalid(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }
}

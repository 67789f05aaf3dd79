package io.qilin.benchmarks;

import io.qilin.api.market.MinuteBars;
import io.qilin.api.market.MinuteDay;
import io.qilin.api.market.Panel;
import io.qilin.api.money.Money;
import io.qilin.api.trading.ExecutionPhase;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Side;
import io.qilin.core.backtest.Backtest;
import io.qilin.core.backtest.BacktestRun;
import io.qilin.core.backtest.ExchangeSettings;
import io.qilin.core.backtest.ExchangeSimulator;
import io.qilin.core.backtest.OrderAccount;
import io.qilin.core.backtest.ScoreTable;
import io.qilin.core.backtest.Strategy;
import io.qilin.core.backtest.TopkDropout;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.TradingRecord;
import org.ta4j.core.backtest.BarSeriesManager;
import org.ta4j.core.indicators.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.rules.CrossedDownIndicatorRule;
import org.ta4j.core.rules.CrossedUpIndicatorRule;

/**
 * How many bars a second goes a backtest through on one core? A bar is one share on one day: the daily
 * run ranks all shares every day, holds the 50 best and exchanges up to 5 by the exact rules. With minute
 * bars it is one minute that an order goes through.
 *
 * <pre>
 * java -Xmx6g -jar benchmarks/target/benchmarks.jar BacktestBenchmark
 * </pre>
 *
 * <p>Divide bars by time: 5000x2500 are 12 500 000 bars, the minutes 1 200 000. ta4j goes through one share of the same bars
 * with a crossing of two averages, as it knows no portfolio: 2 500 bars. The last figures are in
 * {@code docs/benchmarks.md}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class BacktestBenchmark {
  private static final int TOPK = 50;
  private static final int DROP = 5;
  private static final int MINUTE_DAYS = 50;
  private static final int MINUTE_SHARES = 100;

  /** Shares × days. */
  @Param("5000x2500")
  public String size = "";

  private Panel bars = WalkMarket.bars(1, 2);
  private Strategy strategy = (history, portfolio) -> List.of();
  private List<PlannedOrder> orders = List.of();
  private ExchangeSimulator exchange =
      ExchangeSimulator.of(bars, Map.of(), ExchangeSettings.DEFAULT);
  private BarSeries series = Ta4jSeries.of(bars, 0);

  /** For JMH. */
  public BacktestBenchmark() {}

  /** Makes the market. */
  @Setup
  public void makeMarket() {
    Size asked = Size.parse(size);
    bars = WalkMarket.bars(asked.instruments(), asked.days());
    ScoreTable scores = WalkMarket.scores(bars);
    strategy = TopkDropout.builder(TOPK, DROP).build().on(scores);
    makeMinutes();
    series = Ta4jSeries.of(bars, 0);
  }

  private void makeMinutes() {
    List<List<MinuteDay>> made = new ArrayList<>();
    orders = new ArrayList<>();
    for (int i = 0; i < MINUTE_SHARES; i++) {
      List<MinuteDay> own = new ArrayList<>();
      for (int d = 0; d < MINUTE_DAYS; d++) {
        own.add(WalkMarket.minutes(bars, i, d));
      }
      made.add(own);
      orders.add(PlannedOrder.of(bars.symbols().get(i), Side.BUY, 10_000_000, "all day")
          .in(ExecutionPhase.CONTINUOUS));
    }
    MinuteBars minutes =
        (symbol, day) -> Optional.of(made.get(bars.indexOf(symbol)).get(bars.indexOf(day)));
    exchange =
        ExchangeSimulator.of(bars, Map.of(), minutes, ExchangeSettings.DEFAULT.participation(0.02));
  }

  private static Backtest.Builder exact(Panel bars, Strategy strategy) {
    return Backtest.builder(bars, strategy)
        .account(Money.parse("100000000"))
        .dataHash("not reckoned");
  }

  /** The portfolio by the exact rules, on daily bars. */
  @Benchmark
  public BacktestRun daily() {
    return exact(bars, strategy).build().run();
  }

  /** Orders so large that each goes through all 240 minutes of its day: 100 shares on 50 days. */
  @Benchmark
  public long minute() {
    long filled = 0;
    for (int d = 0; d < MINUTE_DAYS; d++) {
      LocalDate day = bars.days().get(d);
      for (PlannedOrder order : orders) {
        filled += exchange.execute(order, day, OrderAccount.EMPTY).filled();
      }
    }
    return filled;
  }

  /** One share in ta4j: averages of 5 and 20 days that cross. */
  @Benchmark
  public TradingRecord ta4j() {
    ClosePriceIndicator close = new ClosePriceIndicator(series);
    SMAIndicator fast = new SMAIndicator(close, 5);
    SMAIndicator slow = new SMAIndicator(close, 20);
    return new BarSeriesManager(series)
        .run(new BaseStrategy(
            new CrossedUpIndicatorRule(fast, slow), new CrossedDownIndicatorRule(fast, slow)));
  }
}

package io.qilin.benchmarks;

import io.qilin.api.market.MinuteBars;
import io.qilin.api.market.MinuteDay;
import io.qilin.api.market.Panel;
import io.qilin.api.money.Money;
import io.qilin.api.trading.ExecutionPhase;
import io.qilin.core.backtest.Backtest;
import io.qilin.core.backtest.BacktestRun;
import io.qilin.core.backtest.ExchangeSettings;
import io.qilin.core.backtest.ScoreTable;
import io.qilin.core.backtest.Strategy;
import io.qilin.core.backtest.TopkDropout;
import java.util.ArrayList;
import java.util.List;
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
 * How many bars a second goes a backtest through on one core? A bar is one share on one day (or, with
 * minute bars, one minute of a share that has an order): the daily runs rank all shares every day,
 * hold the 50 best and exchange up to 5 by the exact rules.
 *
 * <pre>
 * java -Xmx6g -jar benchmarks/target/benchmarks.jar BacktestBenchmark
 * </pre>
 *
 * <p>Divide bars by time: 5000x2500 are 12 500 000 bars. ta4j goes through one share of the same bars
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
  private static final int MINUTE_DAYS = 250;

  /** Shares × days. */
  @Param("5000x2500")
  public String size = "";

  private Panel bars = WalkMarket.bars(1, 2);
  private Strategy strategy = (history, portfolio) -> List.of();
  private MinuteBars minutes = MinuteBars.NONE;
  private Panel minuteDays = bars;
  private Strategy worked = strategy;
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
    worked =
        TopkDropout.builder(TOPK, DROP).phase(ExecutionPhase.CONTINUOUS).build().on(scores);
    minuteDays = bars.until(bars.days().get(Math.min(MINUTE_DAYS, asked.days()) - 1));
    minutes = minuteBars(minuteDays);
    series = Ta4jSeries.of(bars, 0);
  }

  /** The minute bars of 500 shares, made before anything is measured; the others have daily ones. */
  private static MinuteBars minuteBars(Panel bars) {
    int shares = Math.min(500, bars.symbols().size());
    List<List<MinuteDay>> made = new ArrayList<>();
    for (int i = 0; i < shares; i++) {
      List<MinuteDay> own = new ArrayList<>();
      for (int d = 0; d < bars.days().size(); d++) {
        own.add(WalkMarket.minutes(bars, i, d));
      }
      made.add(own);
    }
    return (symbol, day) -> {
      int i = bars.indexOf(symbol);
      return i < shares ? Optional.of(made.get(i).get(bars.indexOf(day))) : Optional.empty();
    };
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

  /** 250 days of the first 500 shares by the exact rules, orders worked through minute bars. */
  @Benchmark
  public BacktestRun minute() {
    Panel some = minuteDays.only(symbol -> minuteDays.indexOf(symbol) < 500);
    return exact(some, worked)
        .minuteBars(minutes)
        .exchange(ExchangeSettings.DEFAULT.participation(0.02))
        .build()
        .run();
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

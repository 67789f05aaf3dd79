package io.qilin.core.monitor;

import io.qilin.api.error.QilinException;
import io.qilin.core.backtest.BacktestDay;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.backtest.DayPosition;
import io.qilin.core.backtest.Trade;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Keeps what strategies traded and what their accounts were worth, of backtests or of live trading, and
 * measures it.
 *
 * <p>Two measurements, with tags of few values only; a symbol, a quantity or an amount is never a
 * tag, it is found in the records:
 *
 * <ul>
 *   <li>{@value #TRADE_EVENT}: the price in yuan, by {@code strategy} and {@code action} (BUY, SELL)
 *   <li>{@value #PORTFOLIO_VALUE}: cash and positions in yuan, by {@code strategy}
 * </ul>
 *
 * <p>Beyond the first {@value #MOST_STRATEGIES} strategies the tag is {@value #OTHER}, so that a sweep of
 * thousands of trials cannot flood the metrics; the records keep the true name.
 *
 * <p>Of trades and of values it keeps the last ones up to a limit each; older ones are dropped and
 * {@linkplain #droppedTrades() counted}. A record is kept before it is measured. Thread-safe: each of
 * the two logs and the set of names has a lock of its own, and none is held while the sink is called.
 */
public final class BacktestMonitor {
  /** The measurement of one trade. */
  public static final String TRADE_EVENT = "qilin.backtest.trade_event";

  /** The measurement of an account. */
  public static final String PORTFOLIO_VALUE = "qilin.backtest.portfolio_value";

  /** How many strategies have a tag of their own. */
  public static final int MOST_STRATEGIES = 100;

  /** The tag of all further strategies. */
  public static final String OTHER = "other";

  /** How many trades, and how many values, are kept unless said otherwise. */
  public static final int DEFAULT_LIMIT = 100_000;

  private static final LocalTime CLOSE = LocalTime.of(15, 0);
  private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

  private final MetricSink metrics;
  private final BoundedLog<TradeEvent> trades;
  private final BoundedLog<PortfolioValue> values;
  private final Set<String> tagged = new HashSet<>();

  /**
   * A monitor without records, which keeps {@value #DEFAULT_LIMIT} trades and as many values.
   *
   * @param metrics where measurements go
   */
  public BacktestMonitor(MetricSink metrics) {
    this(metrics, DEFAULT_LIMIT);
  }

  /**
   * A monitor without records.
   *
   * @param metrics where measurements go
   * @param limit how many trades, and how many values, are kept at most
   * @throws QilinException INVALID_ARGUMENT unless the limit is 1 to 100 million
   */
  public BacktestMonitor(MetricSink metrics, int limit) {
    this.metrics = Objects.requireNonNull(metrics, "metrics");
    this.trades = new BoundedLog<>(limit);
    this.values = new BoundedLog<>(limit);
  }

  /** Records and measures a trade. */
  public void record(TradeEvent trade) {
    trades.add(trade);
    metrics.record(
        TRADE_EVENT,
        Map.of("strategy", tag(trade.strategy()), "action", trade.action().name()),
        trade.price());
  }

  /** Records and measures what an account is worth. */
  public void record(PortfolioValue value) {
    values.add(value);
    metrics.record(PORTFOLIO_VALUE, Map.of("strategy", tag(value.strategy())), value.value());
  }

  /**
   * Records and measures all trades and days of a backtest, as of 15:00 in China of their day.
   *
   * @param strategy the name under which it is recorded
   * @throws QilinException INVALID_ARGUMENT for a name of another form, or an amount in the report
   *     that is not finite
   */
  public void record(String strategy, BacktestReport report) {
    for (Trade trade : report.trades()) {
      record(new TradeEvent(
          close(trade.day()),
          strategy,
          trade.symbol(),
          trade.side(),
          trade.price(),
          trade.shares()));
    }
    Map<LocalDate, Integer> held = new HashMap<>();
    for (DayPosition position : report.positions()) {
      held.merge(position.day(), 1, Integer::sum);
    }
    for (BacktestDay day : report.days()) {
      record(new PortfolioValue(
          close(day.day()), strategy, day.account(), day.cash(), held.getOrDefault(day.day(), 0)));
    }
  }

  private static Instant close(LocalDate day) {
    return day.atTime(CLOSE).toInstant(CHINA);
  }

  /** The trades that are wanted and still kept, in the order in which they were recorded. */
  public List<TradeEvent> trades(HistoryFilter filter) {
    return trades.entries(filter::wants);
  }

  /** The values that are wanted and still kept, in the order in which they were recorded. */
  public List<PortfolioValue> values(HistoryFilter filter) {
    return values.entries(filter::wants);
  }

  /** How many trades are not kept any more. */
  public long droppedTrades() {
    return trades.dropped();
  }

  /** How many values are not kept any more. */
  public long droppedValues() {
    return values.dropped();
  }

  private String tag(String strategy) {
    synchronized (tagged) {
      boolean own =
          tagged.contains(strategy) || (tagged.size() < MOST_STRATEGIES && tagged.add(strategy));
      return own ? strategy : OTHER;
    }
  }
}

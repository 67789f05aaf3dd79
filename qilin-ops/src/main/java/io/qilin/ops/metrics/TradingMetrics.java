package io.qilin.ops.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.qilin.api.money.Money;
import java.math.BigDecimal;
import java.util.List;

/**
 * Records signals, trades and portfolios: {@link QilinMeter#TRADING_SIGNALS}, {@link QilinMeter#TRADE_EVENT} and the {@code
 * PORTFOLIO} ones. No symbol and no quantity becomes a tag; {@link TradeLedger} keeps those. Thread-safe.
 */
public final class TradingMetrics {
  private final MeterFamilies families;
  private final BoundedMeters<Counter> signals;
  private final BoundedMeters<DistributionSummary> trades;
  private final BoundedMeters<HeldValue> values;
  private final BoundedMeters<HeldValue> cash;
  private final BoundedMeters<HeldValue> positions;

  TradingMetrics(MeterFamilies families) {
    this.families = families;
    this.signals = families.counters(QilinMeter.TRADING_SIGNALS);
    this.trades = families.summaries(QilinMeter.TRADE_EVENT);
    this.values = families.gauges(QilinMeter.PORTFOLIO_VALUE);
    this.cash = families.gauges(QilinMeter.PORTFOLIO_CASH);
    this.positions = families.gauges(QilinMeter.PORTFOLIO_POSITIONS);
  }

  /**
   * Counts a signal.
   *
   * @param type {@code BUY}, {@code SELL} or {@code HOLD}
   */
  public void signal(String type) {
    signals.of(List.of(type)).increment();
  }

  /**
   * Records a trade.
   *
   * @param action for example {@code BUY}
   * @param price yuan per share
   */
  public void trade(String strategy, String action, BigDecimal price) {
    families.sample(QilinMeter.TRADE_EVENT, trades, List.of(strategy, action), price.doubleValue());
  }

  /**
   * Shows a portfolio.
   *
   * @param value what it is worth, cash included
   * @param held how many different shares it has
   */
  public void portfolio(String strategy, Money value, Money money, int held) {
    List<String> tags = List.of(strategy);
    families.show(QilinMeter.PORTFOLIO_VALUE, values, tags, yuan(value));
    families.show(QilinMeter.PORTFOLIO_CASH, cash, tags, yuan(money));
    families.show(QilinMeter.PORTFOLIO_POSITIONS, positions, tags, held);
  }

  private static double yuan(Money money) {
    return money.yuan().doubleValue();
  }
}

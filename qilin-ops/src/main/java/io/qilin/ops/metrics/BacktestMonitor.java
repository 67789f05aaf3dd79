package io.qilin.ops.metrics;

import io.qilin.api.error.QilinException;
import io.qilin.api.money.Money;
import java.util.Objects;

/**
 * Watches strategies in a backtest or live: meters get what has few values, strategy and action, and a ledger keeps the rest.
 * Thread-safe.
 */
public final class BacktestMonitor {
  private final TradingMetrics trading;
  private final TradeLedger ledger;

  private BacktestMonitor(TradingMetrics trading, TradeLedger ledger) {
    this.trading = trading;
    this.ledger = ledger;
  }

  /** A monitor on meters and a ledger. */
  public static BacktestMonitor of(QilinMetrics metrics, TradeLedger ledger) {
    return new BacktestMonitor(metrics.trading(), Objects.requireNonNull(ledger, "ledger"));
  }

  /** A trade was made. */
  public void trade(TradeEvent trade) {
    ledger.add(trade);
    trading.trade(trade.strategy(), trade.action(), trade.price());
  }

  /**
   * A portfolio is worth this now.
   *
   * @param value with the cash
   * @param positions how many different shares it has, not negative
   * @throws QilinException INVALID_ARGUMENT for a negative number of positions
   */
  public void portfolio(String strategy, Money value, Money cash, int positions) {
    if (positions < 0) {
      throw QilinException.invalid("positions must not be negative, were " + positions);
    }
    trading.portfolio(strategy, value, cash, positions);
  }

  /** What was traded. */
  public TradeLedger ledger() {
    return ledger;
  }
}

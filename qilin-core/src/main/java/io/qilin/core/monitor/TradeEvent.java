package io.qilin.core.monitor;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.trading.Side;
import java.time.Instant;
import java.util.Objects;

/**
 * One trade of one strategy.
 *
 * @param at when
 * @param strategy whose, 1 to 64 visible characters on one line
 * @param symbol the share
 * @param action buy or sell
 * @param price yuan per share, positive; adjusted where the backtest's prices are
 * @param quantity shares, positive; not whole where the backtest's shares are not
 */
public record TradeEvent(
    Instant at, String strategy, Symbol symbol, Side action, double price, double quantity) {
  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for a strategy of another form, or unless price and
   *     quantity are positive and finite
   */
  public TradeEvent {
    Objects.requireNonNull(at, "at");
    StrategyName.check(strategy);
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(action, "action");
    positive("price", price);
    positive("quantity", quantity);
  }

  private static void positive(String what, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw QilinException.invalid(
          "the " + what + " of a trade must be positive and finite, was " + value);
    }
  }
}

package io.qilin.api.trading;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * A limit order for one session. Whether the exchange would accept it is not decided here but by the risk gate.
 *
 * @param symbol the share
 * @param side buy or sell
 * @param price limit price in yuan per share, raw, positive
 * @param shares number of shares, positive
 */
public record Order(Symbol symbol, Side side, BigDecimal price, long shares) {
  /**
   * Checks the signs.
   *
   * @throws QilinException INVALID_ARGUMENT unless price and shares are positive
   */
  public Order {
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(side, "side");
    if (price.signum() <= 0) {
      throw QilinException.invalid("an order's price must be positive, was " + price.toPlainString());
    }
    if (shares <= 0) {
      throw QilinException.invalid("an order's shares must be positive, was " + shares);
    }
  }

  @Override
  public String toString() {
    return side + " " + shares + " " + symbol + " @ " + price.toPlainString();
  }
}

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
 * @param price limit price in yuan per share, raw, positive, at most 12 digits before and 12 after the point
 * @param shares number of shares, positive
 */
public record Order(Symbol symbol, Side side, BigDecimal price, long shares) {
  private static final int MAX_DIGITS = 12;

  /**
   * Checks the signs.
   *
   * @throws QilinException INVALID_ARGUMENT unless price and shares are positive, or for a price of too many digits
   */
  public Order {
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(side, "side");
    if (price.signum() <= 0) {
      throw QilinException.invalid(
          "an order's price must be positive, was " + QilinException.quote(price.toString()));
    }
    if (price.scale() > MAX_DIGITS || (long) price.precision() - price.scale() > MAX_DIGITS) {
      throw QilinException.invalid("an order's price has at most " + MAX_DIGITS
          + " digits before and after the point, was " + QilinException.quote(price.toString()));
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

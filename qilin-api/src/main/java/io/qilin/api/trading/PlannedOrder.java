package io.qilin.api.trading;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;

/**
 * What a strategy wants done in the next session. Whether it can be done, the exchange and the risk rules decide.
 *
 * @param symbol the share
 * @param side buy or sell
 * @param shares how many, positive
 * @param limit worst price in raw yuan per share that is accepted, positive; empty accepts any price that the exchange
 *     allows
 * @param phase when in the session
 * @param reason why the strategy wants it, one line for a person to read
 */
public record PlannedOrder(
    Symbol symbol,
    Side side,
    long shares,
    Optional<BigDecimal> limit,
    ExecutionPhase phase,
    String reason) {
  private static final int MAX_DIGITS = 12;

  /**
   * Checks that every part is there. Sizes and prices are not judged here: an order with a wrong one is refused by the
   * exchange with its reason, as it would be in truth.
   *
   * @throws QilinException INVALID_ARGUMENT for a limit of more than 12 digits before or after the point
   */
  public PlannedOrder {
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(limit, "limit");
    Objects.requireNonNull(phase, "phase");
    Objects.requireNonNull(reason, "reason");
    if (limit.isPresent()
        && (limit.get().scale() > MAX_DIGITS
            || (long) limit.get().precision() - limit.get().scale() > MAX_DIGITS)) {
      throw QilinException.invalid("a limit price has at most " + MAX_DIGITS
          + " digits before and after the point, was "
          + QilinException.quote(limit.get().toString()));
    }
  }

  /** An order at any price of the day's closing auction. */
  public static PlannedOrder of(Symbol symbol, Side side, long shares, String reason) {
    return new PlannedOrder(
        symbol, side, shares, Optional.empty(), ExecutionPhase.CLOSING_AUCTION, reason);
  }

  /** The same in another part of the session. */
  public PlannedOrder in(ExecutionPhase other) {
    return new PlannedOrder(symbol, side, shares, limit, other, reason);
  }

  /** The same with a worst price in yuan. */
  public PlannedOrder limit(BigDecimal worst) {
    return new PlannedOrder(symbol, side, shares, Optional.of(worst), phase, reason);
  }

  /**
   * The limit order that is sent.
   *
   * @param price limit price in yuan where this has none
   * @throws QilinException INVALID_ARGUMENT for a size or price that no order can have
   */
  public Order order(BigDecimal price) {
    return new Order(symbol, side, limit.orElse(price), shares);
  }

  @Override
  public String toString() {
    return side + " " + shares + " " + symbol
        + limit.map(price -> " @ " + price.toPlainString()).orElse("") + " " + phase;
  }
}

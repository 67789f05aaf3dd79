package io.qilin.core.backtest;

import io.qilin.api.market.Symbol;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import java.time.LocalDate;
import java.util.Objects;

/**
 * An order, or a part of one, that was not filled.
 *
 * @param day the session
 * @param symbol the share
 * @param side buy or sell
 * @param shares how many shares were not filled
 * @param reason which rule or event stood against it
 * @param message what was wrong and the nearest value that would have been allowed
 */
public record BlockedOrder(
    LocalDate day, Symbol symbol, Side side, double shares, RejectReason reason, String message) {
  /** Checks that every part is there. */
  public BlockedOrder {
    Objects.requireNonNull(day, "day");
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(message, "message");
  }
}

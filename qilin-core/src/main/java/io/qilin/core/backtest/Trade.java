package io.qilin.core.backtest;

import io.qilin.api.market.Symbol;
import io.qilin.api.trading.Side;
import java.time.LocalDate;
import java.util.Objects;

/**
 * One fill.
 *
 * @param day when
 * @param symbol the share
 * @param side buy or sell
 * @param shares how many; in Qlib's mode adjusted shares, which need not be whole
 * @param price yuan per share; in Qlib's mode the adjusted price
 * @param value price times shares in yuan
 * @param cost fees and taxes in yuan
 * @param profit what a sale brought beyond the purchase with its cost, in yuan; {@code NaN} for a
 *     purchase
 * @param reason why the strategy wanted it; may be empty
 */
public record Trade(
    LocalDate day,
    Symbol symbol,
    Side side,
    double shares,
    double price,
    double value,
    double cost,
    double profit,
    String reason) {
  /** Checks that every part is there. */
  public Trade {
    Objects.requireNonNull(day, "day");
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(reason, "reason");
  }
}

package io.qilin.core.backtest;

import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Objects;

/**
 * What was held of one share at the close of one day.
 *
 * @param day the trading day
 * @param symbol the share
 * @param shares how many; in Qlib's mode adjusted shares
 * @param price the close in yuan, or the last one known while it is suspended
 * @param weight its value as a fraction of the account
 * @param daysHeld trading days since the position was opened, 1 on the day of the purchase
 */
public record DayPosition(
    LocalDate day, Symbol symbol, double shares, double price, double weight, int daysHeld) {
  /** Checks that every part is there. */
  public DayPosition {
    Objects.requireNonNull(day, "day");
    Objects.requireNonNull(symbol, "symbol");
  }
}

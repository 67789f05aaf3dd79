package io.qilin.core.rules;

import io.qilin.api.market.TradingCalendar;
import java.time.LocalDate;

/**
 * When what was bought may be sold.
 */
public enum Settlement {
  /**
   * Sellable the same day: convertible bonds, and ETFs of bonds, gold, foreign markets or money.
   */
  T_PLUS_0(0),
  /** Sellable from the next trading day, its opening auction included: every A-share. */
  T_PLUS_1(1);

  private final int tradingDays;

  Settlement(int tradingDays) {
    this.tradingDays = tradingDays;
  }

  /**
   * The first trading day on which shares bought on {@code bought} may be sold.
   *
   * @param bought the trading day of the purchase
   * @param calendar the market's trading days
   * @throws io.qilin.api.error.QilinException NOT_A_TRADING_DAY if nothing trades on {@code
   *     bought}; DATE_OUT_OF_RANGE if the calendar does not reach the answer
   */
  public LocalDate sellableFrom(LocalDate bought, TradingCalendar calendar) {
    return calendar.plus(calendar.require(bought), tradingDays);
  }

  /**
   * The first trading day on which the money from a sale may be withdrawn: the next one. It may buy
   * again at once.
   *
   * @param sold the trading day of the sale
   * @param calendar the market's trading days
   * @throws io.qilin.api.error.QilinException as {@link #sellableFrom}
   */
  public static LocalDate withdrawableFrom(LocalDate sold, TradingCalendar calendar) {
    return calendar.plus(calendar.require(sold), 1);
  }
}

package io.qilin.core.backtest;

import java.time.LocalDate;

/**
 * One day of a backtest, in Qlib's columns. Amounts in yuan, fractions of the account before the
 * day.
 *
 * @param day the trading day
 * @param account cash and positions at the close
 * @param dayReturn (account − account before + cost) / account before: the return before cost
 * @param totalTurnover value of all fills since the start
 * @param turnover value of the day's fills as a fraction
 * @param totalCost cost of all fills since the start
 * @param cost cost of the day's fills as a fraction
 * @param value positions at the close
 * @param cash cash at the close
 * @param bench the benchmark's return; {@code NaN} without a benchmark
 */
public record BacktestDay(
    LocalDate day,
    double account,
    double dayReturn,
    double totalTurnover,
    double turnover,
    double totalCost,
    double cost,
    double value,
    double cash,
    double bench) {
  /** The return after cost. */
  public double netReturn() {
    return dayReturn - cost;
  }
}

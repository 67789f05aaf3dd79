package io.qilin.core.backtest;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.trading.RejectReason;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Qlib's trade indicators of one day, over the orders that reached its exchange: an order that was
 * given up beforehand, as the share was suspended or at its limit, does not count.
 *
 * @param day the trading day
 * @param fulfilRate {@code ffr}: mean over the orders of dealt / ordered shares; an order that was
 *     rounded to nothing has none; {@code NaN} if no order has one
 * @param priceAdvantage {@code pa}: 0 with any order, as Qlib compares the deal price of a daily
 *     run with itself; {@code NaN} without
 * @param positiveRate {@code pos}: part of the orders with a positive price advantage: 0, or {@code
 *     NaN} without any order
 * @param dealAmount {@code deal_amount}: adjusted shares dealt, both sides added
 * @param value yuan dealt, both sides added
 * @param count how many orders
 */
public record QlibIndicator(
    LocalDate day,
    double fulfilRate,
    double priceAdvantage,
    double positiveRate,
    double dealAmount,
    double value,
    int count) {
  /** Checks that the day is there. */
  public QlibIndicator {
    Objects.requireNonNull(day, "day");
  }

  /**
   * The indicators of every day of a report.
   *
   * @throws QilinException INVALID_ARGUMENT unless the report is one of Qlib's mode
   */
  public static List<QlibIndicator> of(BacktestReport report) {
    if (report.mode() != BacktestReport.Mode.QLIB) {
      throw QilinException.invalid(
          "Qlib's indicators need a report of mode QLIB, was " + report.mode());
    }
    Map<LocalDate, Map<Symbol, Sent>> days = new LinkedHashMap<>();
    report.days().forEach(day -> days.put(day.day(), new LinkedHashMap<>()));
    report.trades().forEach(trade -> sent(days, trade.day(), trade.symbol()).deal(trade));
    report.blocked().forEach(blocked -> {
      if (blocked.reason() == RejectReason.INSUFFICIENT_FUNDS) {
        sent(days, blocked.day(), blocked.symbol()).ordered += blocked.shares();
      } else if (blocked.reason() == RejectReason.LOT_SIZE) {
        sent(days, blocked.day(), blocked.symbol());
      }
    });
    List<QlibIndicator> out = new ArrayList<>();
    days.forEach((day, orders) -> out.add(of(day, orders)));
    return List.copyOf(out);
  }

  private static Sent sent(Map<LocalDate, Map<Symbol, Sent>> days, LocalDate day, Symbol symbol) {
    Map<Symbol, Sent> orders = days.get(day);
    if (orders == null) {
      throw QilinException.invalid("the report has an order on " + day + ", but no such day");
    }
    return orders.computeIfAbsent(symbol, s -> new Sent());
  }

  private static QlibIndicator of(LocalDate day, Map<Symbol, Sent> orders) {
    double rates = 0;
    int rated = 0;
    double amount = 0;
    double value = 0;
    for (Sent sent : orders.values()) {
      if (sent.ordered > 0) {
        rates += sent.dealt / sent.ordered;
        rated++;
      }
      amount += sent.dealt;
      value += sent.value;
    }
    double none = orders.isEmpty() ? Double.NaN : 0;
    double rate = rated == 0 ? Double.NaN : rates / rated;
    return new QlibIndicator(day, rate, none, none, amount, value, orders.size());
  }

  /** One order. */
  private static final class Sent {
    private double ordered;
    private double dealt;
    private double value;

    void deal(Trade trade) {
      ordered += trade.shares();
      dealt += trade.shares();
      value += trade.value();
    }
  }
}

package io.qilin.core.performance;

import io.qilin.core.backtest.BacktestDay;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.backtest.Trade;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How large the account may become: the account at which the trade that is largest beside its market would be a stated part
 * of what traded in that share on that day, if all trades grow with the account. The least over all trades of (account
 * before the day) · part · amount / value. It says nothing about what such an order does to the price.
 *
 * @param account yuan
 * @param participation the part, for example 0.05
 * @param binding the trade that sets the limit
 * @param unknown trades that could not be judged, as what traded is not known or is not positive
 */
public record Capacity(double account, double participation, Trade binding, int unknown) {
  /** Checks that the trade is there. */
  public Capacity {
    Objects.requireNonNull(binding, "binding");
  }

  /** The capacity of a run; empty if no trade can be judged. */
  static Optional<Capacity> of(BacktestReport report, DayAmounts amounts, double participation) {
    Map<LocalDate, Double> before = new HashMap<>();
    for (BacktestDay day : report.days()) {
      before.put(day.day(), day.account() / (1 + day.netReturn()));
    }
    double least = Double.POSITIVE_INFINITY;
    Trade binding = null;
    int unknown = 0;
    for (Trade trade : report.trades()) {
      double account = before.getOrDefault(trade.day(), Double.NaN);
      double amount = amounts.amount(trade.day(), trade.symbol());
      double limit = account * participation * amount / trade.value();
      if (!(amount > 0) || !Double.isFinite(limit)) {
        unknown++;
      } else if (limit < least) {
        least = limit;
        binding = trade;
      }
    }
    return binding == null
        ? Optional.empty()
        : Optional.of(new Capacity(least, participation, binding, unknown));
  }
}

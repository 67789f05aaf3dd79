package io.qilin.core.performance;

import io.qilin.api.trading.Side;
import io.qilin.core.backtest.BacktestDay;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.backtest.Trade;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What trading did and cost; {@code NaN} where a figure is not defined.
 *
 * @param annualTurnover value of all fills, buys and sells, as a multiple of the account, a year
 * @param meanExposure mean over the days of positions over account at the close
 * @param maxExposure the largest of these
 * @param trades fills
 * @param closedTrades fills whose profit is known: sales
 * @param tradeHitRate part of the closed trades with a profit above 0
 * @param profitFactor profits over losses of the closed trades
 * @param totalCost yuan
 * @param annualCost cost as a fraction of the account, a year
 * @param costShare cost over the profit before cost; {@code NaN} if there was no such profit
 * @param blocked what was not filled, by side and reason
 * @param capacity how large the account may become; empty if what traded is not known
 */
public record TradingFigures(
    double annualTurnover,
    double meanExposure,
    double maxExposure,
    int trades,
    int closedTrades,
    double tradeHitRate,
    double profitFactor,
    double totalCost,
    double annualCost,
    double costShare,
    List<BlockedCount> blocked,
    Optional<Capacity> capacity) {
  /** Copies the list. */
  public TradingFigures {
    blocked = List.copyOf(blocked);
    Objects.requireNonNull(capacity, "capacity");
  }

  static TradingFigures of(BacktestReport report, PerformanceSettings settings, double year) {
    List<Trade> closed = report.trades().stream()
        .filter(trade -> trade.side() == Side.SELL && !Double.isNaN(trade.profit()))
        .toList();
    double gains =
        closed.stream().mapToDouble(trade -> Math.max(0, trade.profit())).sum();
    double losses =
        closed.stream().mapToDouble(trade -> Math.max(0, -trade.profit())).sum();
    long winners = closed.stream().filter(trade -> trade.profit() > 0).count();
    BacktestDay first = report.days().get(0);
    double cost = report.days().get(report.days().size() - 1).totalCost();
    double gross = report.finalAccount() - first.account() / (1 + first.netReturn()) + cost;
    return new TradingFigures(
        mean(report, BacktestDay::turnover) * year,
        mean(report, TradingFigures::exposure),
        report.days().stream()
            .mapToDouble(TradingFigures::exposure)
            .filter(Double::isFinite)
            .max()
            .orElse(Double.NaN),
        report.trades().size(),
        closed.size(),
        closed.isEmpty() ? Double.NaN : (double) winners / closed.size(),
        losses > 0 ? gains / losses : Double.NaN,
        cost,
        mean(report, BacktestDay::cost) * year,
        gross > 0 ? cost / gross : Double.NaN,
        BlockedCount.of(report.blocked()),
        settings
            .amounts()
            .flatMap(amounts -> Capacity.of(report, amounts, settings.participation())));
  }

  /** How many orders of one side were blocked, for whatever reason. */
  public int blocked(Side side) {
    return blocked.stream()
        .filter(count -> count.side() == side)
        .mapToInt(BlockedCount::orders)
        .sum();
  }

  static double exposure(BacktestDay day) {
    return day.value() / day.account();
  }

  private static double mean(BacktestReport report, ToDoubleFunction<BacktestDay> figure) {
    return report.days().stream()
        .mapToDouble(figure)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }
}

package io.qilin.core.performance.attribution;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.backtest.BacktestDay;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.backtest.DayPosition;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What was held before a day and what it returned on the day.
 *
 * @param day the day
 * @param portfolio weight of each share in the account at the close before; what is missing to 1 is cash
 * @param benchmark weight of each share in the benchmark at the close before; what is missing to 1 is cash
 * @param returns of shares on the day; a share that is not in it did not trade and counts as 0
 * @param accountReturn of the account on the day, after cost; differs from the sum over the holdings by trades within the
 *     day and cost
 */
public record HoldingDay(
    LocalDate day,
    SortedMap<Symbol, Double> portfolio,
    SortedMap<Symbol, Double> benchmark,
    SortedMap<Symbol, Double> returns,
    double accountReturn) {
  /**
   * Copies and checks.
   *
   * @throws QilinException INVALID_ARGUMENT for a number that is {@code NaN} or infinite
   */
  public HoldingDay {
    Objects.requireNonNull(day, "day");
    portfolio = copy(day, "weight in the portfolio", portfolio);
    benchmark = copy(day, "weight in the benchmark", benchmark);
    returns = copy(day, "return", returns);
    if (!Double.isFinite(accountReturn)) {
      throw QilinException.invalid(
          "the account's return on " + day + " is " + accountReturn + "; leave the day out");
    }
  }

  private static SortedMap<Symbol, Double> copy(
      LocalDate day, String what, Map<Symbol, Double> values) {
    values.forEach((symbol, value) -> {
      if (!Double.isFinite(value)) {
        throw QilinException.invalid("the " + what + " of " + symbol + " on " + day + " is " + value
            + "; leave out what is not known");
      }
    });
    return Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * The days of a backtest whose return is known. Before its first day the account is cash.
   *
   * @param report the backtest
   * @param benchmarkWeights weights at the open of a day, that is at the close before
   * @param prices adjusted closes; a share's return is from its last known close to that of the day, dividends included
   * @throws QilinException INVALID_ARGUMENT for raw prices; DATA_NOT_FOUND if the panel lacks closes or a day
   */
  public static List<HoldingDay> of(
      BacktestReport report,
      Function<LocalDate, Map<Symbol, Double>> benchmarkWeights,
      Panel prices) {
    if (prices.adjustment() == Adjustment.RAW) {
      throw QilinException.invalid("raw prices fall on an ex-rights day without a loss;"
          + " give a panel with adjusted prices");
    }
    Map<LocalDate, SortedMap<Symbol, Double>> weights = new HashMap<>();
    for (DayPosition position : report.positions()) {
      weights
          .computeIfAbsent(position.day(), day -> new TreeMap<>())
          .merge(position.symbol(), position.weight(), Double::sum);
    }
    Map<Symbol, double[]> returns = returns(prices);
    List<HoldingDay> days = new ArrayList<>();
    SortedMap<Symbol, Double> held = new TreeMap<>();
    for (BacktestDay row : report.days()) {
      if (Double.isFinite(row.netReturn())) {
        int at = prices.indexOf(row.day());
        SortedMap<Symbol, Double> traded = new TreeMap<>();
        returns.forEach((symbol, all) -> {
          if (Double.isFinite(all[at])) {
            traded.put(symbol, all[at]);
          }
        });
        days.add(new HoldingDay(
            row.day(),
            held,
            new TreeMap<>(benchmarkWeights.apply(row.day())),
            traded,
            row.netReturn()));
      }
      held = weights.getOrDefault(row.day(), new TreeMap<>());
    }
    return List.copyOf(days);
  }

  private static Map<Symbol, double[]> returns(Panel prices) {
    Map<Symbol, double[]> all = new TreeMap<>();
    for (int i = 0; i < prices.symbols().size(); i++) {
      double[] close = prices.values(Field.CLOSE, i);
      double last = Double.NaN;
      for (int t = 0; t < close.length; t++) {
        double today = close[t];
        close[t] = today / last - 1;
        last = Double.isNaN(today) ? last : today;
      }
      all.put(prices.symbols().get(i), close);
    }
    return all;
  }

  /** The benchmark's return: weights times returns. */
  public double benchmarkReturn() {
    return sum(benchmark);
  }

  /** What the holdings alone returned: weights times returns. */
  public double holdingReturn() {
    return sum(portfolio);
  }

  /** The account's return less the benchmark's. */
  public double activeReturn() {
    return accountReturn - benchmarkReturn();
  }

  /** Weight of a share in the portfolio less that in the benchmark. */
  double activeWeight(Symbol symbol) {
    return portfolio.getOrDefault(symbol, 0.0) - benchmark.getOrDefault(symbol, 0.0);
  }

  private double sum(Map<Symbol, Double> weights) {
    double sum = 0;
    for (Map.Entry<Symbol, Double> entry : weights.entrySet()) {
      sum += entry.getValue() * returns.getOrDefault(entry.getKey(), 0.0);
    }
    return sum;
  }
}

package io.qilin.core.performance.attribution;

import io.qilin.api.market.Symbol;
import io.qilin.core.factor.Grouping;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The active return of one day by industry.
 *
 * @param day the day
 * @param portfolioReturn of the account, after cost
 * @param benchmarkReturn of the benchmark
 * @param effects by industry
 * @param trading what the holdings of the evening before do not explain: trades within the day and cost
 */
public record BrinsonDay(
    LocalDate day,
    double portfolioReturn,
    double benchmarkReturn,
    SortedMap<String, BrinsonEffect> effects,
    double trading) {
  /** Copies the effects. */
  public BrinsonDay {
    Objects.requireNonNull(day, "day");
    effects = Collections.unmodifiableSortedMap(new TreeMap<>(effects));
  }

  static BrinsonDay of(HoldingDay day, Grouping industries) {
    SortedMap<String, Sums> sums = new TreeMap<>();
    day.portfolio()
        .forEach(
            (symbol, weight) -> sums(sums, day, symbol, industries).portfolio(weight, day, symbol));
    day.benchmark()
        .forEach(
            (symbol, weight) -> sums(sums, day, symbol, industries).benchmark(weight, day, symbol));
    Sums cash = sums.computeIfAbsent(BrinsonAttribution.CASH, name -> new Sums());
    cash.portfolio += 1 - sum(day.portfolio());
    cash.benchmark += 1 - sum(day.benchmark());
    double benchmark = day.benchmarkReturn();
    SortedMap<String, BrinsonEffect> effects = new TreeMap<>();
    sums.forEach((industry, sum) -> effects.put(industry, sum.effect(benchmark)));
    return new BrinsonDay(
        day.day(),
        day.accountReturn(),
        benchmark,
        effects,
        day.accountReturn() - day.holdingReturn());
  }

  private static Sums sums(
      Map<String, Sums> sums, HoldingDay day, Symbol symbol, Grouping industries) {
    String industry = industries.group(symbol, day.day()).orElse(BrinsonAttribution.UNKNOWN);
    return sums.computeIfAbsent(industry, name -> new Sums());
  }

  private static double sum(Map<Symbol, Double> weights) {
    return weights.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The account's return less the benchmark's. */
  public double activeReturn() {
    return portfolioReturn - benchmarkReturn;
  }

  /** Weights and contributions of one industry. */
  private static final class Sums {
    private double portfolio;
    private double benchmark;
    private double portfolioGain;
    private double benchmarkGain;

    void portfolio(double weight, HoldingDay day, Symbol symbol) {
      portfolio += weight;
      portfolioGain += weight * day.returns().getOrDefault(symbol, 0.0);
    }

    void benchmark(double weight, HoldingDay day, Symbol symbol) {
      benchmark += weight;
      benchmarkGain += weight * day.returns().getOrDefault(symbol, 0.0);
    }

    /** An industry that one side does not hold has the other side's return there, so that all of it is allocation. */
    BrinsonEffect effect(double total) {
      double active = portfolio - benchmark;
      if (portfolio == 0) {
        return new BrinsonEffect(0 - benchmarkGain - active * total, 0, portfolioGain);
      }
      if (benchmark == 0) {
        return new BrinsonEffect(portfolioGain - portfolio * total, 0 - benchmarkGain, 0);
      }
      double own = portfolioGain / portfolio;
      double other = benchmarkGain / benchmark;
      return new BrinsonEffect(
          active * (other - total), benchmark * (own - other), active * (own - other));
    }
  }
}

package io.qilin.core.performance;

import io.qilin.core.backtest.BacktestFinding;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.backtest.BlockedOrder;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A day of large loss and what may explain it.
 *
 * @param day when
 * @param dayReturn the account's return after cost
 * @param benchmark the benchmark's return; {@code NaN} if not known
 * @param blocked orders that were not filled on that day
 * @param findings what was odd on that day
 */
public record WorstDay(
    LocalDate day,
    double dayReturn,
    double benchmark,
    List<BlockedOrder> blocked,
    List<BacktestFinding> findings) {
  /** Copies the lists. */
  public WorstDay {
    Objects.requireNonNull(day, "day");
    blocked = List.copyOf(blocked);
    findings = List.copyOf(findings);
  }

  /** The days of loss, the worst first; of equals the earlier one. Days without a loss are not among them. */
  static List<WorstDay> of(
      ReturnSeries returns,
      ReturnSeries benchmark,
      List<BlockedOrder> blocked,
      List<BacktestFinding> findings,
      int most) {
    return IntStream.range(0, returns.size())
        .filter(i -> returns.value(i) < 0)
        .boxed()
        .sorted(Comparator.comparingDouble(returns::value))
        .limit(most)
        .map(i -> {
          LocalDate day = returns.days().get(i);
          return new WorstDay(
              day,
              returns.value(i),
              benchmark.value(i),
              blocked.stream().filter(order -> order.day().equals(day)).toList(),
              findings.stream().filter(finding -> finding.day().equals(day)).toList());
        })
        .toList();
  }

  static List<WorstDay> of(
      ReturnSeries returns, ReturnSeries benchmark, BacktestReport report, int most) {
    return of(returns, benchmark, report.blocked(), report.findings(), most);
  }
}

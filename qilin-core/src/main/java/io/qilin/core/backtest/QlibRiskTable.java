package io.qilin.core.backtest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * The figures that Qlib reports of a backtest. Excess is the return less the benchmark's; "with
 * cost" also takes the day's cost off. Without a benchmark excess and benchmark are {@code NaN}.
 *
 * @param excessReturnWithoutCost return − bench, added up
 * @param excessReturnWithCost return − bench − cost, added up
 * @param returnWithCost return − cost, added up
 * @param returnWithCostProduct return − cost, compounded
 * @param benchmark the benchmark, added up
 */
public record QlibRiskTable(
    QlibRisk excessReturnWithoutCost,
    QlibRisk excessReturnWithCost,
    QlibRisk returnWithCost,
    QlibRisk returnWithCostProduct,
    QlibRisk benchmark) {
  /** Checks that every part is there. */
  public QlibRiskTable {
    Objects.requireNonNull(excessReturnWithoutCost, "excessReturnWithoutCost");
    Objects.requireNonNull(excessReturnWithCost, "excessReturnWithCost");
    Objects.requireNonNull(returnWithCost, "returnWithCost");
    Objects.requireNonNull(returnWithCostProduct, "returnWithCostProduct");
    Objects.requireNonNull(benchmark, "benchmark");
  }

  /** The figures of a report of either mode. */
  public static QlibRiskTable of(BacktestReport report) {
    double[] net = series(report, BacktestDay::netReturn);
    return new QlibRiskTable(
        QlibRisk.sum(series(report, day -> day.dayReturn() - day.bench())),
        QlibRisk.sum(series(report, day -> day.dayReturn() - day.bench() - day.cost())),
        QlibRisk.sum(net),
        QlibRisk.product(net),
        QlibRisk.sum(series(report, BacktestDay::bench)));
  }

  /** The rows by the names that stand in a {@code risk.json}, in its order. */
  public Map<String, QlibRisk> rows() {
    Map<String, QlibRisk> rows = new LinkedHashMap<>();
    rows.put("excess_return_without_cost", excessReturnWithoutCost);
    rows.put("excess_return_with_cost", excessReturnWithCost);
    rows.put("return_with_cost", returnWithCost);
    rows.put("return_with_cost_product", returnWithCostProduct);
    rows.put("benchmark", benchmark);
    return Collections.unmodifiableMap(rows);
  }

  private static double[] series(BacktestReport report, ToDoubleFunction<BacktestDay> value) {
    return report.days().stream().mapToDouble(value).toArray();
  }
}

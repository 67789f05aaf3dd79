package io.qilin.examples;

import io.qilin.api.trading.RejectReason;
import io.qilin.core.backtest.BacktestDay;
import io.qilin.core.backtest.BacktestFinding;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.backtest.QlibRiskTable;
import io.qilin.core.report.NumberText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A backtest in a few lines for the terminal. */
final class BacktestText {
  private BacktestText() {}

  static String of(BacktestReport report) {
    BacktestDay last = report.days().get(report.days().size() - 1);
    QlibRiskTable risk = QlibRiskTable.of(report);
    StringBuilder out = new StringBuilder();
    out.append("rules            ").append(report.mode()).append('\n');
    out.append("days             ")
        .append(report.days().size())
        .append(", ")
        .append(report.days().get(0).day())
        .append(" to ")
        .append(last.day())
        .append('\n');
    out.append("account          ").append(Math.round(last.account())).append(" yuan\n");
    out.append("annual return    ")
        .append(NumberText.signedPercent(risk.returnWithCost().annualizedReturn(), 2))
        .append(" after cost (daily mean x 238)\n");
    out.append("annual excess    ")
        .append(NumberText.signedPercent(risk.excessReturnWithCost().annualizedReturn(), 2))
        .append(" after cost, information ratio ")
        .append(NumberText.fixed(risk.excessReturnWithCost().informationRatio(), 2))
        .append('\n');
    out.append("max drawdown     ")
        .append(NumberText.signedPercent(risk.returnWithCost().maxDrawdown(), 2))
        .append(" (of the sum of returns)\n");
    out.append("trades           ")
        .append(report.trades().size())
        .append(", cost ")
        .append(Math.round(last.totalCost()))
        .append(" yuan\n");
    Map<RejectReason, Long> reasons = report.blocked().stream()
        .collect(
            Collectors.groupingBy(order -> order.reason(), TreeMap::new, Collectors.counting()));
    out.append("not filled       ").append(report.blocked().size());
    reasons.forEach((reason, count) ->
        out.append(", ").append(BacktestCommand.typed(reason)).append(' ').append(count));
    return out.append('\n').toString();
  }

  /** How often a rule was found, with its first message. */
  static String findings(BacktestReport report, String rule) {
    List<BacktestFinding> found = report.findings().stream()
        .filter(finding -> finding.rule().equals(rule))
        .toList();
    BacktestFinding first = found.get(0);
    return rule + ", " + found.size() + " in all, first on " + first.day()
        + first.symbol().map(symbol -> " for " + symbol).orElse("") + ": " + first.message();
  }
}

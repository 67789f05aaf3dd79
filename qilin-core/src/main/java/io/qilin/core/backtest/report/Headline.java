package io.qilin.core.backtest.report;

import io.qilin.api.trading.Side;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.performance.DeflatedSharpe;
import io.qilin.core.performance.Performance;
import io.qilin.core.performance.TradingFigures;
import io.qilin.core.report.HtmlReport.Figure;
import io.qilin.core.report.NumberText;
import java.util.ArrayList;
import java.util.List;

/** The figures at the top of the page, each with what it is held against and how it is counted. */
final class Headline {
  private Headline() {}

  static List<Figure> of(BacktestReport report, Performance performance) {
    List<Figure> figures = new ArrayList<>();
    String added = SheetWords.added(performance.settings().compounding());
    figures.add(new Figure(
        "Total return",
        NumberText.signedPercent(performance.totalReturn(), 2),
        added + "; benchmark "
            + NumberText.signedPercent(performance.relative().totalReturn(), 2)));
    figures.add(new Figure(
        "Annual return",
        NumberText.signedPercent(performance.annualReturn(), 2),
        "year of " + NumberText.fixed(performance.year().days(), 0) + " days; benchmark "
            + NumberText.signedPercent(performance.relative().annualReturn(), 2)));
    figures.add(new Figure(
        "Volatility",
        NumberText.percent(performance.volatility(), 2),
        "deviation of daily returns, a year"));
    figures.add(new Figure(
        "Sharpe ratio",
        NumberText.fixed(performance.sharpe(), 2),
        "over " + NumberText.percent(performance.settings().riskFreeRate(), 2) + " risk-free; "
            + trials(performance.deflatedSharpe())));
    figures.add(new Figure(
        "Max drawdown",
        NumberText.percent(performance.maxDrawdown(), 2),
        performance
            .deepestDrawdown()
            .map(fall -> "trough " + fall.trough()
                + fall.recovery().map(day -> ", recovered " + day).orElse(", not recovered"))
            .orElse("never below its highest level")));
    figures.add(new Figure(
        "Information ratio",
        NumberText.fixed(performance.relative().informationRatio(), 2),
        "active return " + NumberText.signedPercent(performance.relative().activeReturn(), 2)
            + " a year"));
    performance.trading().ifPresent(trading -> trading(figures, trading));
    figures.add(new Figure(
        "Account at the end", SheetWords.yuan(report.finalAccount()), "yuan, cash and positions"));
    return List.copyOf(figures);
  }

  private static String trials(DeflatedSharpe found) {
    int trials = found.trials().trials();
    return trials == 1
        ? "1 trial, not corrected"
        : "deflated for " + NumberText.count(trials) + " trials "
            + NumberText.fixed(found.probability(), 3);
  }

  private static void trading(List<Figure> figures, TradingFigures trading) {
    figures.add(new Figure(
        "Turnover",
        NumberText.fixed(trading.annualTurnover(), 1) + " ×",
        "the account a year, buys and sells; "
            + SheetWords.counted(trading.trades(), "trade", "trades")));
    figures.add(new Figure(
        "Cost",
        NumberText.percent(trading.annualCost(), 2),
        "of the account a year; " + SheetWords.yuan(trading.totalCost()) + " yuan in all"));
    figures.add(new Figure(
        "Exposure",
        NumberText.percent(trading.meanExposure(), 1),
        "mean at the close; at most " + NumberText.percent(trading.maxExposure(), 1)));
    int blocked = trading.blocked(Side.BUY) + trading.blocked(Side.SELL);
    figures.add(new Figure(
        "Not filled",
        NumberText.count(blocked),
        "orders or parts: "
            + NumberText.count(trading.blocked(Side.BUY)) + " buys, "
            + NumberText.count(trading.blocked(Side.SELL)) + " sells"));
  }
}

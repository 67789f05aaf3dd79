package io.qilin.examples;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Panel;
import io.qilin.api.money.Money;
import io.qilin.core.backtest.Backtest;
import io.qilin.core.backtest.BacktestRun;
import io.qilin.core.backtest.Benchmark;
import io.qilin.core.backtest.NextOrders;
import io.qilin.core.backtest.ScoreTable;
import io.qilin.core.backtest.Strategy;
import io.qilin.core.backtest.TopkDropout;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.performance.Performance;
import io.qilin.core.performance.PerformanceSettings;
import io.qilin.core.report.NumberText;
import io.qilin.core.risk.RiskGate;
import io.qilin.core.risk.RiskSettings;
import io.qilin.data.demo.DemoMarket;
import java.io.PrintStream;

/** The program of docs/backtest.md: one factor traded on a made-up market, and tomorrow's orders. */
public final class RunBacktest {
  private RunBacktest() {}

  /**
   * Prints what is found.
   *
   * @param args none
   */
  public static void main(String[] args) {
    run(System.out);
  }

  static BacktestRun run(PrintStream out) {
    DemoMarket market = DemoMarket.of(100, 2, 42);
    Panel bars = market.bars().panel();
    FactorTable factors = FactorEngine.DEFAULT.compute(
        bars.withAdjustment(Adjustment.BACKWARD),
        FactorSet.of("mine", new Factor("reversal", "Ref($close,5)/$close")));
    Strategy strategy = TopkDropout.builder(10, 2).build().on(ScoreTable.of(factors, "reversal"));

    BacktestRun run = Backtest.builder(bars, strategy)
        .account(Money.parse("1000000"))
        .securities(market.securities())
        .benchmark(Benchmark.equalWeight())
        .build()
        .run();

    Performance found = Performance.of(run.report(), PerformanceSettings.DEFAULT);
    out.println("total return " + NumberText.signedPercent(found.totalReturn(), 2) + ", Sharpe "
        + NumberText.fixed(found.sharpe(), 2));
    out.println(
        run.report().trades().size() + " trades, " + run.report().blocked().size()
            + " orders not filled, first: " + run.report().blocked().get(0).message());
    out.println("fees " + run.balance().fees() + ", taxes " + run.balance().taxes()
        + ", books balance: " + run.balance().balances());

    NextOrders.builder(strategy, RiskGate.standard(RiskSettings.aggressive()))
        .securities(market.securities())
        .build()
        .list(bars, run.portfolio(), market.calendar().plus(bars.lastDay(), 1))
        .forEach(next -> out.println(next.planned() + ": "
            + next.order().map(order -> "at " + order.price()).orElse("no order") + ", "
            + (next.sendable()
                ? "can be sent"
                : "blocked by " + next.blocks().get(0).rule())));
    return run;
  }
}

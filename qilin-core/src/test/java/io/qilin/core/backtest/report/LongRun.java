package io.qilin.core.backtest.report;

import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import io.qilin.core.backtest.BacktestDay;
import io.qilin.core.backtest.BacktestFinding;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.backtest.BlockedOrder;
import io.qilin.core.backtest.Trade;
import io.qilin.core.performance.SomeRun;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Many days with trades, a blocked order and a finding on each. */
final class LongRun {
  private LongRun() {}

  static BacktestReport of(int days, int tradesPerDay) {
    Random random = new Random(1);
    List<BacktestDay> rows = new ArrayList<>();
    List<Trade> trades = new ArrayList<>();
    List<BlockedOrder> blocked = new ArrayList<>();
    List<BacktestFinding> findings = new ArrayList<>();
    double account = 1e6;
    for (int i = 0; i < days; i++) {
      LocalDate day = LocalDate.of(2005, 1, 3).plusDays(i);
      double change = 0.01 * random.nextGaussian();
      account *= 1 + change;
      rows.add(new BacktestDay(
          day, account, change, 0, 0.1, 0, 0, account * 0.9, account * 0.1, change / 2));
      for (int t = 0; t < tradesPerDay; t++) {
        trades.add(new Trade(day, SomeRun.MAOTAI, Side.BUY, 100, 10, 1000, 5, Double.NaN, "top"));
      }
      blocked.add(
          new BlockedOrder(day, SomeRun.PING_AN, Side.BUY, 100, RejectReason.LIMIT_UP, "sealed"));
      findings.add(new BacktestFinding(day, Optional.of(SomeRun.PING_AN), "odd", "odd"));
    }
    return new BacktestReport(
        BacktestReport.Mode.EXACT_A_SHARE,
        Map.of(),
        rows,
        trades,
        blocked,
        List.of(),
        findings,
        "abc");
  }
}

package io.qilin.core.backtest.report;

import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import io.qilin.core.backtest.BacktestFinding;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.backtest.BlockedOrder;
import io.qilin.core.backtest.Trade;
import io.qilin.core.performance.SomeRun;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run whose texts try to break out of a page and to command a terminal. */
final class Hostile {
  static final String TEXT = "</script><img onerror=alert(1)>\"'&\n\u001b[2J\u202e";
  static final String SHOWN = "</script><img onerror=alert(1)>\"'& \\u001B[2J\\u202E";

  private Hostile() {}

  static BacktestReport report() {
    BacktestReport run = SomeRun.report();
    LocalDate day = run.days().get(2).day();
    return new BacktestReport(
        run.mode(),
        Map.of(TEXT, TEXT),
        run.days(),
        List.of(new Trade(day, SomeRun.MAOTAI, Side.BUY, 1, 1, 1, 0, Double.NaN, TEXT)),
        List.of(new BlockedOrder(day, SomeRun.MAOTAI, Side.BUY, 1, RejectReason.REFUSED, TEXT)),
        run.positions(),
        List.of(new BacktestFinding(day, Optional.empty(), TEXT, TEXT)),
        TEXT);
  }
}

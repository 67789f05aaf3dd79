package io.qilin.core.performance;

import io.qilin.api.market.Symbol;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import io.qilin.core.backtest.BacktestDay;
import io.qilin.core.backtest.BacktestFinding;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.backtest.BlockedOrder;
import io.qilin.core.backtest.DayPosition;
import io.qilin.core.backtest.Trade;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run of four days that starts with 1000 yuan: buys for 500 with cost 10, gains, loses, sells for 300 at a profit of 20
 * and for 200 at a loss of 10 with cost 5 in all.
 */
public final class SomeRun {
  public static final Symbol MAOTAI = Symbol.parse("600519.SH");
  public static final Symbol PING_AN = Symbol.parse("000001.SZ");
  private static final List<LocalDate> DAYS = SomeReturns.days(4);

  private SomeRun() {}

  public static BacktestReport report() {
    return new BacktestReport(
        BacktestReport.Mode.EXACT_A_SHARE,
        Map.of("topk", "2"),
        List.of(
            new BacktestDay(DAYS.get(0), 990, 0, 500, 0.5, 10, 0.01, 500, 490, 0.01),
            new BacktestDay(DAYS.get(1), 1089, 0.1, 500, 0, 10, 0, 599, 490, 0.05),
            new BacktestDay(DAYS.get(2), 980.1, -0.1, 500, 0, 10, 0, 490.1, 490, -0.08),
            new BacktestDay(
                DAYS.get(3),
                1070.1,
                95 / 980.1,
                1000,
                500 / 980.1,
                15,
                5 / 980.1,
                85.1,
                985,
                0.04)),
        List.of(
            new Trade(DAYS.get(0), MAOTAI, Side.BUY, 10, 30, 300, 6, Double.NaN, ""),
            new Trade(DAYS.get(0), PING_AN, Side.BUY, 20, 10, 200, 4, Double.NaN, ""),
            new Trade(DAYS.get(3), MAOTAI, Side.SELL, 10, 30, 300, 3, 20, "out"),
            new Trade(DAYS.get(3), PING_AN, Side.SELL, 20, 10, 200, 2, -10, "out")),
        List.of(
            blocked(2, MAOTAI, Side.SELL, RejectReason.LIMIT_DOWN),
            blocked(2, PING_AN, Side.SELL, RejectReason.LIMIT_DOWN),
            blocked(1, PING_AN, Side.SELL, RejectReason.SUSPENDED),
            blocked(1, PING_AN, Side.BUY, RejectReason.LIMIT_UP)),
        List.of(
            new DayPosition(DAYS.get(0), MAOTAI, 10, 30, 0.3, 1),
            new DayPosition(DAYS.get(0), PING_AN, 20, 10, 0.2, 1)),
        List.of(new BacktestFinding(DAYS.get(2), Optional.of(MAOTAI), "beyond-limits", "odd")),
        "abc");
  }

  private static BlockedOrder blocked(int day, Symbol symbol, Side side, RejectReason reason) {
    return new BlockedOrder(DAYS.get(day), symbol, side, 100, reason, "no");
  }
}

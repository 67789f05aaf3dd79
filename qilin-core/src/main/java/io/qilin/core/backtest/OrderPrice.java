package io.qilin.core.backtest;

import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Side;
import io.qilin.core.rules.PriceLimits;
import java.util.Optional;

/** The price arithmetic of one order in thousandths of a yuan: rounding against it, slippage, its limit. */
final class OrderPrice {
  private static final double BPS = 10_000;

  private final boolean buy;
  private final long tick;
  private final Optional<PriceLimits> limits;
  private final double slippageBps;
  /** Worst price that the order accepts. */
  private final long worst;

  OrderPrice(PlannedOrder order, long tick, Optional<PriceLimits> limits, double slippageBps) {
    this.buy = order.side() == Side.BUY;
    this.tick = tick;
    this.limits = limits;
    this.slippageBps = slippageBps;
    long any = buy ? Long.MAX_VALUE : 0;
    this.worst = order.limit().map(price -> price.movePointRight(3).longValue()).orElse(any);
  }

  boolean buy() {
    return buy;
  }

  long worst() {
    return worst;
  }

  /** Whether the order accepts a price. */
  boolean accepts(long mills) {
    return buy ? mills <= worst : mills >= worst;
  }

  /** A price in yuan on the tick, against the order: up for a buy, down for a sale. */
  long onTick(double yuan) {
    double ticks = yuan * 1000 / tick;
    double nearest = Math.rint(ticks);
    // An average that is a tick but for the rounding of its division is that tick.
    double whole =
        Math.abs(ticks - nearest) < 1e-6 ? nearest : buy ? Math.ceil(ticks) : Math.floor(ticks);
    return Math.max(tick, tick * (long) whole);
  }

  /** A price made worse by the slippage, but neither beyond the day's limits nor the order's. */
  long slipped(long mills) {
    if (slippageBps == 0) {
      return mills;
    }
    double moved = mills / 1000.0 * (buy ? 1 + slippageBps / BPS : 1 - slippageBps / BPS);
    long price = onTick(moved);
    if (buy) {
      long most = Math.min(worst, limits.map(PriceLimits::upMills).orElse(Long.MAX_VALUE));
      return Math.max(mills, Math.min(price, most));
    }
    long least = Math.max(worst, limits.map(PriceLimits::downMills).orElse(tick));
    return Math.min(mills, Math.max(price, least));
  }
}

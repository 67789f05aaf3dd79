package io.qilin.core.backtest;

import io.qilin.api.market.Panel;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Portfolio;
import java.util.List;

/**
 * Decides at the close of one day what to do in the next session. It sees the market up to that
 * day and its own portfolio, nothing else, so that the same code serves a backtest and tomorrow's
 * order list.
 *
 * <p>An implementation is deterministic and keeps no state between calls, or the same call will not
 * give the same orders again.
 */
@FunctionalInterface
public interface Strategy {
  /**
   * The orders for the session after {@code history.lastDay()}, in the order in which they are to
   * be sent; sales are sent before purchases whatever their place.
   *
   * @param history raw prices up to the day of the decision; later days are not in it
   * @param portfolio what is owned at the close of that day
   */
  List<PlannedOrder> orders(Panel history, Portfolio portfolio);
}

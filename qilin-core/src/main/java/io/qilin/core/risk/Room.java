package io.qilin.core.risk;

import io.qilin.api.trading.Order;

/** How large an order may be where it is too large. */
final class Room {
  private Room() {}

  /** How many shares at the order's price fit into an amount of mills, by the lot rule. */
  static long shares(long roomMills, Order order, RiskSession session) {
    return roomMills <= 0
        ? 0
        : session
            .share(order.symbol())
            .lotRule()
            .floorBuy(roomMills / Mills.ceiling(order.price()));
  }
}

package io.qilin.core.performance;

import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import io.qilin.core.backtest.BlockedOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Orders, or parts of orders, that one rule or event kept from being filled.
 *
 * @param side buys or sells
 * @param reason what stood against them
 * @param orders how many
 * @param shares how many shares were not filled
 */
public record BlockedCount(Side side, RejectReason reason, int orders, double shares) {
  /** Checks that every part is there. */
  public BlockedCount {
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(reason, "reason");
  }

  /** Counts by side and reason: buys before sells, then the most frequent first, then in the order of the reasons. */
  static List<BlockedCount> of(List<BlockedOrder> blocked) {
    List<BlockedCount> counts = new ArrayList<>();
    for (Side side : Side.values()) {
      for (RejectReason reason : RejectReason.values()) {
        List<BlockedOrder> some = blocked.stream()
            .filter(order -> order.side() == side && order.reason() == reason)
            .toList();
        if (!some.isEmpty()) {
          double shares = some.stream().mapToDouble(BlockedOrder::shares).sum();
          counts.add(new BlockedCount(side, reason, some.size(), shares));
        }
      }
    }
    counts.sort(Comparator.comparing(BlockedCount::side)
        .thenComparing(BlockedCount::orders, Comparator.reverseOrder()));
    return List.copyOf(counts);
  }
}

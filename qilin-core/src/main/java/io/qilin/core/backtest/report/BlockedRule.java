package io.qilin.core.backtest.report;

import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import io.qilin.core.backtest.BlockedOrder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * When one rule or event kept orders from being filled.
 *
 * @param side buys or sells
 * @param reason what stood against them
 * @param shares how many were not filled
 * @param days orders, or parts of orders, by day; at least one
 */
record BlockedRule(
    Side side, RejectReason reason, double shares, SortedMap<LocalDate, Integer> days) {
  BlockedRule {
    days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
  }

  /** By side, then in the order of the reasons. */
  static List<BlockedRule> of(List<BlockedOrder> blocked) {
    Map<Side, Map<RejectReason, List<BlockedOrder>>> sorted = new EnumMap<>(Side.class);
    for (BlockedOrder order : blocked) {
      sorted
          .computeIfAbsent(order.side(), side -> new EnumMap<>(RejectReason.class))
          .computeIfAbsent(order.reason(), reason -> new ArrayList<>())
          .add(order);
    }
    List<BlockedRule> rules = new ArrayList<>();
    sorted.forEach((side, byReason) ->
        byReason.forEach((reason, orders) -> rules.add(of(side, reason, orders))));
    return List.copyOf(rules);
  }

  private static BlockedRule of(Side side, RejectReason reason, List<BlockedOrder> orders) {
    SortedMap<LocalDate, Integer> days = new TreeMap<>();
    orders.forEach(order -> days.merge(order.day(), 1, Integer::sum));
    return new BlockedRule(
        side, reason, orders.stream().mapToDouble(BlockedOrder::shares).sum(), days);
  }

  String name() {
    return side + " " + reason;
  }

  int orders() {
    return days.values().stream().mapToInt(Integer::intValue).sum();
  }

  LocalDate first() {
    return days.firstKey();
  }

  LocalDate last() {
    return days.lastKey();
  }

  /** The day with the most orders; of equals the earlier one. */
  Map.Entry<LocalDate, Integer> busiest() {
    return days.entrySet().stream()
        .reduce((a, b) -> b.getValue() > a.getValue() ? b : a)
        .orElseThrow();
  }
}

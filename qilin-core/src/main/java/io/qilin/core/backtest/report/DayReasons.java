package io.qilin.core.backtest.report;

import io.qilin.api.market.Symbol;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import io.qilin.core.backtest.BacktestFinding;
import io.qilin.core.backtest.BlockedOrder;
import io.qilin.core.performance.WorstDay;
import io.qilin.core.report.NumberText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is on record about a day of loss, in words: the market, the orders that a rule held back, the findings. */
final class DayReasons {
  private static final int NAMES = 5;

  private DayReasons() {}

  static String of(WorstDay day) {
    Map<String, TreeSet<String>> names = new LinkedHashMap<>();
    if (!Double.isNaN(day.benchmark())) {
      names.put("benchmark " + NumberText.signedPercent(day.benchmark(), 2), new TreeSet<>());
    }
    for (BlockedOrder order : day.blocked()) {
      names
          .computeIfAbsent(words(order), key -> new TreeSet<>())
          .add(order.symbol().toString());
    }
    for (BacktestFinding finding : day.findings()) {
      TreeSet<String> shares =
          names.computeIfAbsent("finding " + finding.rule(), key -> new TreeSet<>());
      finding.symbol().map(Symbol::toString).ifPresent(shares::add);
    }
    String all = names.entrySet().stream()
        .map(entry -> entry.getKey() + listed(entry.getValue()))
        .collect(Collectors.joining("; "));
    boolean events = !day.blocked().isEmpty() || !day.findings().isEmpty();
    return events ? all : all + (all.isEmpty() ? "" : "; ") + "no blocked order, no finding";
  }

  private static String words(BlockedOrder order) {
    boolean buy = order.side() == Side.BUY;
    if (order.reason() == RejectReason.LIMIT_UP) {
      return buy ? "sealed at limit-up, not bought" : "sell LIMIT_UP";
    }
    if (order.reason() == RejectReason.LIMIT_DOWN) {
      return buy ? "buy LIMIT_DOWN" : "sealed at limit-down, not sold";
    }
    return order.reason() + (buy ? ", not bought" : ", not sold");
  }

  private static String listed(TreeSet<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    List<String> first = names.stream().limit(NAMES).toList();
    return ": " + String.join(", ", first)
        + (names.size() > NAMES ? " and " + (names.size() - NAMES) + " more" : "");
  }
}

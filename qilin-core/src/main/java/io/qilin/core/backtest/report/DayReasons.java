package io.qilin.core.backtest.report;

import io.qilin.api.market.Symbol;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import io.qilin.core.backtest.BacktestFinding;
import io.qilin.core.backtest.BacktestReport.Mode;
import io.qilin.core.backtest.BlockedOrder;
import io.qilin.core.performance.WorstDay;
import io.qilin.core.report.NumberText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is on record about a day of loss, in words: the market, the orders that a rule held back, the findings. */
final class DayReasons {
  private static final int NAMES = 5;

  private DayReasons() {}

  static String of(WorstDay day, Mode mode) {
    Map<String, NavigableSet<String>> names = new LinkedHashMap<>();
    if (!Double.isNaN(day.benchmark())) {
      names.put("benchmark " + NumberText.signedPercent(day.benchmark(), 2), new TreeSet<>());
    }
    for (BlockedOrder order : day.blocked()) {
      names
          .computeIfAbsent(words(order, mode), key -> new TreeSet<>())
          .add(order.symbol().toString());
    }
    for (BacktestFinding finding : day.findings()) {
      NavigableSet<String> shares =
          names.computeIfAbsent("finding " + finding.rule(), key -> new TreeSet<>());
      finding.symbol().map(Symbol::toString).ifPresent(shares::add);
    }
    String all = names.entrySet().stream()
        .map(entry -> entry.getKey() + listed(entry.getValue()))
        .collect(Collectors.joining("; "));
    boolean events = !day.blocked().isEmpty() || !day.findings().isEmpty();
    return events ? all : all + (all.isEmpty() ? "" : "; ") + "no blocked order, no finding";
  }

  /** Qlib's flat limit says nothing about who stood on the other side. */
  private static String words(BlockedOrder order, Mode mode) {
    boolean buy = order.side() == Side.BUY;
    RejectReason against = buy ? RejectReason.LIMIT_UP : RejectReason.LIMIT_DOWN;
    boolean sealed = mode == Mode.EXACT_A_SHARE && order.reason() == against;
    String reason =
        sealed ? "sealed at limit-" + (buy ? "up" : "down") : order.reason().toString();
    return reason + (buy ? ", not bought" : ", not sold");
  }

  private static String listed(NavigableSet<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    List<String> first = names.stream().limit(NAMES).toList();
    return ": " + String.join(", ", first)
        + (names.size() > NAMES ? " and " + (names.size() - NAMES) + " more" : "");
  }
}

package io.qilin.core.monitor;

import io.qilin.core.report.JsonText;

/**
 * The records of a monitor as JSON: an object with {@code trades}, {@code values} and how many of each
 * were {@code dropped}. Moments are texts of ISO 8601 in UTC, amounts are numbers in yuan.
 */
public final class MonitorJson {
  private MonitorJson() {}

  /** The records that are wanted. */
  public static String of(BacktestMonitor monitor, HistoryFilter filter) {
    JsonText out = new JsonText().object().name("trades").array();
    for (TradeEvent trade : monitor.trades(filter)) {
      out.object().name("at").value(trade.at().toString());
      out.name("strategy").value(trade.strategy());
      out.name("symbol").value(trade.symbol().toString());
      out.name("action").value(trade.action().name());
      out.name("price")
          .value(trade.price())
          .name("quantity")
          .value(trade.quantity())
          .end();
    }
    out.end().name("values").array();
    for (PortfolioValue value : monitor.values(filter)) {
      out.object().name("at").value(value.at().toString());
      out.name("strategy").value(value.strategy());
      out.name("value").value(value.value()).name("cash").value(value.cash());
      out.name("positions").value(value.positions()).end();
    }
    out.end().name("dropped").object();
    out.name("trades").value(monitor.droppedTrades());
    return out.name("values").value(monitor.droppedValues()).end().end().toString();
  }
}

package io.qilin.ops.metrics;

import io.qilin.api.error.QilinException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;

/**
 * The newest trades with symbol and quantity, which are no tags of meters. It is for looking, not for accounting: when it is
 * full the oldest trade is forgotten and counted. Thread-safe: one lock.
 */
public final class TradeLedger {
  /** How many trades are kept unless another number is given. */
  public static final int DEFAULT_CAPACITY = 10_000;

  private static final int MOST = 10_000_000;

  private final int capacity;
  private final ArrayDeque<TradeEvent> trades = new ArrayDeque<>();
  private long forgotten;

  private TradeLedger(int capacity) {
    this.capacity = capacity;
  }

  /**
   * A ledger without trades.
   *
   * @param capacity how many trades are kept, 1 to 10,000,000
   * @throws QilinException INVALID_ARGUMENT for another capacity
   */
  public static TradeLedger of(int capacity) {
    if (capacity < 1 || capacity > MOST) {
      throw QilinException.invalid("a ledger keeps 1 to " + MOST + " trades, not " + capacity);
    }
    return new TradeLedger(capacity);
  }

  /** Adds a trade. */
  public synchronized void add(TradeEvent trade) {
    Objects.requireNonNull(trade, "trade");
    if (trades.size() == capacity) {
      trades.removeFirst();
      forgotten++;
    }
    trades.addLast(trade);
  }

  /** The trades that are asked for, oldest first: a copy. */
  public synchronized List<TradeEvent> trades(TradeFilter filter) {
    return trades.stream().filter(filter::matches).toList();
  }

  /** How many trades were forgotten because of the capacity. */
  public synchronized long forgotten() {
    return forgotten;
  }
}

package io.qilin.core.backtest;

import java.util.BitSet;

/**
 * Cash and holdings of Qlib's account, by the shares' places. Values are added up in the order of
 * the shares; Qlib's order is that of a hashed set, so its own sums differ from run to run in the
 * last digits.
 */
final class QlibPosition {
  private final double[] shares;
  private final double[] prices;
  private final double[] spent;
  private final int[] days;
  private final BitSet held = new BitSet();
  private double cash;

  QlibPosition(int places, double cash) {
    shares = new double[places];
    prices = new double[places];
    spent = new double[places];
    days = new int[places];
    this.cash = cash;
  }

  double cash() {
    return cash;
  }

  /** Places that are held, ascending. */
  int[] held() {
    return held.stream().toArray();
  }

  double shares(int place) {
    return shares[place];
  }

  double price(int place) {
    return prices[place];
  }

  int daysHeld(int place) {
    return days[place];
  }

  void buy(int place, double value, double cost, double price) {
    if (!held.get(place)) {
      held.set(place);
      shares[place] = 0;
      spent[place] = 0;
      days[place] = 0;
    }
    shares[place] += value / price;
    prices[place] = price;
    spent[place] += value + cost;
    cash -= value + cost;
  }

  /** Sells and tells the profit. */
  double sell(int place, double value, double cost, double price) {
    double before = shares[place];
    shares[place] -= value / price;
    boolean all = Math.abs(shares[place]) <= 1e-5;
    double paid = all ? spent[place] : spent[place] * (value / price) / before;
    spent[place] -= paid;
    if (all) {
      held.clear(place);
    }
    cash += value - cost;
    return value - cost - paid;
  }

  /** Takes the close over, where there is one, and counts the day. */
  void close(QlibBars bars, int day) {
    held.stream().forEach(place -> {
      double close = bars.close(place, day);
      prices[place] = Double.isNaN(close) ? prices[place] : close;
      days[place]++;
    });
  }

  double value() {
    double value = 0;
    for (int place = held.nextSetBit(0); place >= 0; place = held.nextSetBit(place + 1)) {
      value += shares[place] * prices[place];
    }
    return value;
  }
}

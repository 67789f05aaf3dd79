package io.qilin.core.backtest;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.money.Money;
import io.qilin.api.trading.Holding;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The lots of one share in a ledger, longest held first, and the price at which they are valued. Confined to it. */
final class Position {
  private final List<Lot> lots = new ArrayList<>();
  private final int openedOn;
  private long markMills;
  private long shares;
  private boolean doubtful;

  /** @param openedOn running number of the day of the first purchase */
  Position(int openedOn) {
    this.openedOn = openedOn;
  }

  int openedOn() {
    return openedOn;
  }

  long shares() {
    return shares;
  }

  long sellable(LocalDate day) {
    long sum = 0;
    for (Lot lot : lots) {
      sum += lot.sellableFrom().isAfter(day) ? 0 : lot.shares();
    }
    return sum;
  }

  List<Lot> lots() {
    return lots;
  }

  void add(Lot lot) {
    lots.add(lot);
    shares += lot.shares();
  }

  void replace(int at, Lot lot) {
    shares += lot.shares() - lots.get(at).shares();
    lots.set(at, lot);
  }

  void remove(int at) {
    shares -= lots.remove(at).shares();
  }

  /** The price at which the shares are valued, in thousandths of a yuan. */
  long markMills() {
    return markMills;
  }

  void mark(long mills) {
    markMills = mills;
    doubtful = false;
  }

  /** Whether a bar was passed over since the last mark, so that the mark is no close of the day before. */
  boolean doubtful() {
    return doubtful;
  }

  /** A bar that cannot be was passed over. */
  void doubt() {
    doubtful = true;
  }

  /** Shares times price, half up to the fen. */
  Money value() {
    return value(markMills, shares);
  }

  /** Shares times a price in thousandths of a yuan, half up to the fen. */
  static Money value(long mills, long shares) {
    try {
      return Money.ofFen(Math.floorDiv(Math.addExact(Math.multiplyExact(mills, shares), 5), 10));
    } catch (ArithmeticException e) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          shares + " shares at " + OrderRules.yuan(mills)
              + " yuan are worth more than can be counted",
          e);
    }
  }

  List<Holding> holdings() {
    List<Holding> out = new ArrayList<>(lots.size());
    for (Lot lot : lots) {
      out.add(lot.holding());
    }
    return out;
  }
}

package io.qilin.core.risk;

import io.qilin.api.money.Money;
import io.qilin.api.trading.Holding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The tax lots of one share in a session, oldest first; sums are kept, so that asking costs nothing. */
final class Lots {
  private final LocalDate session;
  private List<Holding> lots;
  private long held;
  private long boughtToday;
  /** Of the sellable shares, those that accepted sales will sell. */
  private long promised;

  Lots(LocalDate session, List<Holding> lots) {
    this.session = session;
    this.lots = lots;
    for (Holding lot : lots) {
      held += lot.shares();
      boughtToday += sellable(lot) ? 0 : lot.shares();
    }
  }

  private boolean sellable(Holding lot) {
    return !lot.sellableFrom().isAfter(session);
  }

  long held() {
    return held;
  }

  long boughtToday() {
    return boughtToday;
  }

  long sellable() {
    return held - boughtToday - promised;
  }

  long promised() {
    return promised;
  }

  void promise(long shares) {
    promised += shares;
  }

  /** The day after the session is the earliest on which they could be sold. */
  void buy(long shares, Money cost) {
    List<Holding> more = new ArrayList<>(lots);
    more.add(new Holding(shares, cost, session.plusDays(1)));
    lots = more;
    held += shares;
    boughtToday += shares;
  }

  /**
   * Takes out promised shares, first in, first out.
   *
   * @return what they had cost
   */
  Money sell(long shares) {
    List<Holding> left = new ArrayList<>();
    Money cost = Money.ZERO;
    long open = shares;
    for (Holding lot : lots) {
      long taken = sellable(lot) ? Math.min(open, lot.shares()) : 0;
      open -= taken;
      Money part = part(lot, taken);
      cost = cost.plus(part);
      if (taken < lot.shares()) {
        left.add(new Holding(lot.shares() - taken, lot.cost().minus(part), lot.sellableFrom()));
      }
    }
    lots = left;
    held -= shares;
    promised -= shares;
    return cost;
  }

  /** The lots as they stand; what was promised counts as sellable only after the session. */
  List<Holding> list() {
    if (promised == 0) {
      return lots;
    }
    List<Holding> out = new ArrayList<>();
    long open = promised;
    for (Holding lot : lots) {
      long taken = sellable(lot) ? Math.min(open, lot.shares()) : 0;
      open -= taken;
      Money part = part(lot, taken);
      if (taken > 0) {
        out.add(new Holding(taken, part, session.plusDays(1)));
      }
      if (taken < lot.shares()) {
        out.add(new Holding(lot.shares() - taken, lot.cost().minus(part), lot.sellableFrom()));
      }
    }
    return out;
  }

  /** The cost of a part of a lot, rounded down to the fen. */
  private static Money part(Holding lot, long shares) {
    return Money.ofYuan(lot.cost()
        .yuan()
        .multiply(BigDecimal.valueOf(shares))
        .divide(BigDecimal.valueOf(lot.shares()), 2, RoundingMode.DOWN));
  }
}

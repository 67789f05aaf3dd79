package io.qilin.core.backtest;

import io.qilin.api.money.Money;
import java.time.LocalDate;

/**
 * What a sale takes from a position, first in first out.
 *
 * @param cost what the shares had cost, fees left out
 * @param fees the fees of their purchase
 * @param dividendTax the tax that falls due on their dividends
 */
record Sale(Money cost, Money fees, Money dividendTax) {
  /** Reckons a sale of shares that are sellable on the day; nothing is changed. */
  static Sale of(Position position, long shares, LocalDate day) {
    Money cost = Money.ZERO;
    Money fees = Money.ZERO;
    Money tax = Money.ZERO;
    long left = shares;
    for (Lot lot : position.lots()) {
      if (left > 0 && !lot.sellableFrom().isAfter(day)) {
        long sold = Math.min(left, lot.shares());
        cost = cost.plus(Lot.part(lot.cost(), sold, lot.shares()));
        fees = fees.plus(Lot.part(lot.fees(), sold, lot.shares()));
        tax = tax.plus(lot.dividendTax(sold, day));
        left -= sold;
      }
    }
    return new Sale(cost, fees, tax);
  }

  /** Takes the shares out of the position. */
  void take(Position position, long shares, LocalDate day) {
    long left = shares;
    int at = 0;
    while (left > 0) {
      Lot lot = position.lots().get(at);
      if (lot.sellableFrom().isAfter(day)) {
        at++;
      } else if (lot.shares() <= left) {
        left -= lot.shares();
        position.remove(at);
      } else {
        position.replace(at, lot.without(left));
        left = 0;
      }
    }
  }
}

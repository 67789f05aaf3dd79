package io.qilin.core.backtest;

import io.qilin.api.money.Money;
import io.qilin.api.trading.Holding;
import io.qilin.core.rules.DividendTax;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;

/**
 * Shares that came into an account together.
 *
 * @param shares how many are left, positive
 * @param cost what those cost, fees left out
 * @param fees what was paid on top of that
 * @param acquired the day on which they came, from which the holding time for the dividend tax runs
 * @param sellableFrom first trading day on which they may be sold
 * @param dividends cash dividends received on them since
 */
record Lot(
    long shares,
    Money cost,
    Money fees,
    LocalDate acquired,
    LocalDate sellableFrom,
    List<Dividend> dividends) {
  /** Cash per share, and how it is taxed. */
  record Dividend(BigDecimal perShare, DividendTax tax) {}

  /** The part of an amount that belongs to some of the shares, rounded down; all of it for all. */
  static Money part(Money whole, long shares, long of) {
    if (shares == of) {
      return whole;
    }
    return Money.ofFen(BigInteger.valueOf(whole.fen())
        .multiply(BigInteger.valueOf(shares))
        .divide(BigInteger.valueOf(of))
        .longValueExact());
  }

  /** What is left after some shares, fewer than all, were sold. */
  Lot without(long sold) {
    return new Lot(
        shares - sold,
        cost.minus(part(cost, sold, shares)),
        fees.minus(part(fees, sold, shares)),
        acquired,
        sellableFrom,
        dividends);
  }

  /** The tax on the dividends of some of the shares when they are sold. */
  Money dividendTax(long sold, LocalDate day) {
    Money sum = Money.ZERO;
    for (Dividend dividend : dividends) {
      Money gross = Money.ofYuan(dividend.perShare().multiply(BigDecimal.valueOf(sold)));
      sum = sum.plus(dividend.tax().of(gross, acquired, day));
    }
    return sum;
  }

  Holding holding() {
    return new Holding(shares, cost.plus(fees), sellableFrom);
  }
}

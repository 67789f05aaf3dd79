package io.qilin.core.backtest;

import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * Qlib's exchange: who may trade, in which lots, at which cost. Follows {@code Exchange} of Qlib
 * 0.9.7 term by term, as the order of roundings decides the last digits.
 */
final class QlibExchange {
  private final QlibBars bars;
  private final QlibTerms terms;
  private final boolean lots;

  /**
   * The exchange.
   *
   * @param lots whether amounts are rounded: there is a trade unit and no factor is missing
   */
  QlibExchange(QlibBars bars, QlibTerms terms, boolean lots) {
    this.bars = bars;
    this.terms = terms;
    this.lots = lots;
  }

  /** What stands against trading a share at all, in either direction. */
  Optional<RejectReason> against(int place, int day) {
    return suspended(place, day)
        .or(() -> against(place, day, Side.BUY))
        .or(() -> against(place, day, Side.SELL));
  }

  /** What stands against one side. */
  Optional<RejectReason> against(int place, int day, Side side) {
    Optional<RejectReason> suspended = suspended(place, day);
    if (suspended.isPresent()) {
      return suspended;
    }
    double change = bars.change(place, day);
    if (side == Side.BUY) {
      return change >= terms.limitThreshold()
          ? Optional.of(RejectReason.LIMIT_UP)
          : Optional.empty();
    }
    return change <= -terms.limitThreshold()
        ? Optional.of(RejectReason.LIMIT_DOWN)
        : Optional.empty();
  }

  private Optional<RejectReason> suspended(int place, int day) {
    int instrument = bars.instrument(place);
    if (instrument < 0) {
      return Optional.of(RejectReason.UNKNOWN_SYMBOL);
    }
    if (day < bars.panel().firstRow(instrument)) {
      return Optional.of(RejectReason.NOT_LISTED);
    }
    if (day >= bars.panel().endRow(instrument)) {
      return Optional.of(RejectReason.DELISTED);
    }
    return Double.isNaN(bars.close(place, day))
        ? Optional.of(RejectReason.SUSPENDED)
        : Optional.empty();
  }

  /** The reason in words. */
  String explain(RejectReason reason, int place, int day) {
    int instrument = bars.instrument(place);
    return switch (reason) {
      case UNKNOWN_SYMBOL -> "no bars at all; the score is of a share that the panel lacks";
      case NOT_LISTED -> "its bars begin on " + day(bars.panel().firstRow(instrument));
      case DELISTED -> "its bars end on " + day(bars.panel().endRow(instrument) - 1);
      case SUSPENDED -> "no close on the day: suspended";
      default ->
        String.format(
            Locale.ROOT,
            "changed by %.2f %% on the day; traded only within ±%.2f %%",
            100 * bars.change(place, day),
            100 * terms.limitThreshold());
    };
  }

  private LocalDate day(int index) {
    return bars.panel().days().get(index);
  }

  double price(int place, int day) {
    return bars.price(place, day);
  }

  /** Adjusted shares in whole lots of unadjusted ones; the 0.1 forgives rounding. */
  double inLots(double shares, int place, int day) {
    if (!lots) {
      return shares;
    }
    double factor = bars.factor(place, day);
    double unit = terms.tradeUnit().getAsInt();
    return floorDivide(shares * factor + 0.1, unit) * unit / factor;
  }

  /** A lot of unadjusted shares as adjusted ones; 0 without lots. */
  double lot(int place, int day) {
    return lots ? terms.tradeUnit().getAsInt() / bars.factor(place, day) : 0;
  }

  /** Python's {@code a // b} of positive numbers, which may differ from the floor of a / b. */
  private static double floorDivide(double a, double b) {
    double quotient = (a - a % b) / b;
    double floor = Math.floor(quotient);
    return quotient - floor > 0.5 ? floor + 1 : floor;
  }

  /** Cost of a trade as a fraction of its value, with the impact of the whole order. */
  double costRate(Side side, double shares, int place, int day) {
    double rate = side == Side.BUY ? terms.openCost() : terms.closeCost();
    if (terms.impactCost() == 0) {
      return rate;
    }
    double price = price(place, day);
    double market = bars.marketValue(place, day, price);
    boolean known = market != 0 && !Double.isNaN(market);
    double part = known ? shares * price / market : 1;
    return rate + terms.impactCost() * part * part;
  }

  /** Cost of a trade in yuan; nothing for a trade of nothing. */
  double cost(double value, double rate) {
    return value <= 1e-5 ? 0 : fee(value, rate);
  }

  double fee(double value, double rate) {
    return Math.max(value * rate, terms.minCost());
  }

  /** Shares that the cash pays for, cost included. */
  double affordable(double cash, double price, double rate) {
    if (cash < terms.minCost()) {
      return 0;
    }
    return cash >= terms.minCost() / rate + terms.minCost()
        ? cash / (1 + rate) / price
        : (cash - terms.minCost()) / price;
  }
}

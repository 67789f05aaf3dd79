package io.qilin.core.backtest;

import io.qilin.api.trading.ExecutionPhase;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import io.qilin.core.backtest.Execution.Refusal;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.LotRule;
import io.qilin.core.rules.PriceCage;
import io.qilin.core.rules.PriceLimits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;

/** What the exchange checks when an order arrives: size, what is held, and the limit price. */
final class OrderRules {
  /** An order above the largest size counts as sent in parts; in so many at most. */
  private static final long MOST_PARTS = 1_000;

  private OrderRules() {}

  /**
   * The first objection to an order.
   *
   * @param limits the day's limits; empty on a day without
   * @param entryMills the price in the market when the order arrives, for the price cage
   */
  static Optional<Refusal> check(
      PlannedOrder order,
      LocalDate session,
      BoardRules rules,
      Optional<PriceLimits> limits,
      long entryMills,
      OrderAccount account) {
    Optional<Refusal> size = order.side() == Side.BUY
        ? buySize(order, rules, account)
        : sellSize(order, session, rules.lots(), account);
    return size.isPresent() ? size : price(order, rules, limits, entryMills);
  }

  private static Optional<Refusal> buySize(
      PlannedOrder order, BoardRules rules, OrderAccount account) {
    LotRule lots = rules.lots();
    long shares = order.shares();
    if (shares > MOST_PARTS * lots.maxLimitOrder()) {
      return tooLarge(shares, lots);
    }
    if (shares < lots.minBuy() || shares % lots.step() != 0) {
      long below =
          shares < lots.minBuy() ? lots.minBuy() : shares - Math.floorMod(shares, lots.step());
      return refusal(
          RejectReason.LOT_SIZE,
          shares + " shares cannot be bought on " + rules.board() + "; at least " + lots.minBuy()
              + " in steps of " + lots.step() + ", the nearest is " + below);
    }
    OptionalLong cap = rules.dailyBuyCap();
    return cap.isPresent() && shares > cap.getAsLong() - account.boughtToday()
        ? refusal(
            RejectReason.POSITION_LIMIT,
            "of a share under risk warning at most " + cap.getAsLong() + " may be bought a day; "
                + (cap.getAsLong() - account.boughtToday()) + " are left")
        : Optional.empty();
  }

  private static Optional<Refusal> sellSize(
      PlannedOrder order, LocalDate session, LotRule lots, OrderAccount account) {
    long shares = order.shares();
    if (shares <= 0) {
      return refusal(RejectReason.LOT_SIZE, shares + " shares cannot be sold; at least 1");
    }
    if (shares > account.held()) {
      return refusal(
          RejectReason.POSITION,
          shares + " shares cannot be sold, " + account.held() + " are held");
    }
    if (shares > account.sellable()) {
      return refusal(
          RejectReason.NOT_SELLABLE,
          shares + " shares cannot be sold on " + session + "; " + account.sellable() + " of "
              + account.held() + " held were bought before that day (T+1)");
    }
    if (shares > MOST_PARTS * lots.maxLimitOrder()) {
      return tooLarge(shares, lots);
    }
    long odd = lots.step() == 1 ? 0 : shares % lots.step();
    boolean wrong = lots.step() == 1
        ? shares < lots.oddBelow() && shares != account.held()
        : odd != 0 && odd != account.held() % lots.step();
    return wrong
        ? refusal(
            RejectReason.LOT_SIZE,
            shares + " of " + account.held() + " shares cannot be sold; "
                + (lots.step() == 1
                    ? "at least " + lots.oddBelow() + ", or all " + account.held()
                    : "a multiple of " + lots.step()
                        + (account.held() % lots.step() == 0
                            ? ""
                            : ", or one with the odd " + account.held() % lots.step()
                                + " as a whole")
                        + "; the nearest is " + nearestSale(shares, account.held(), lots.step())))
        : Optional.empty();
  }

  private static Optional<Refusal> tooLarge(long shares, LotRule lots) {
    return refusal(
        RejectReason.LOT_SIZE,
        shares + " shares are more than " + MOST_PARTS + " orders of the largest size of "
            + lots.maxLimitOrder());
  }

  private static long nearestSale(long shares, long held, long step) {
    long lots = shares - shares % step;
    long withOdd = lots + held % step;
    if (held % step == 0) {
      return lots == 0 ? step : lots;
    }
    return Math.abs(withOdd - shares) < shares - lots || lots == 0 ? withOdd : lots;
  }

  private static Optional<Refusal> price(
      PlannedOrder order, BoardRules rules, Optional<PriceLimits> limits, long entryMills) {
    if (order.limit().isEmpty()) {
      return Optional.empty();
    }
    BigDecimal price = order.limit().get();
    BigDecimal tick = BigDecimal.valueOf(rules.tickMills(), 3);
    if (price.signum() <= 0 || price.remainder(tick).signum() != 0) {
      BigDecimal nearest = price.divide(tick, 0, RoundingMode.HALF_UP).max(BigDecimal.ONE);
      return refusal(
          RejectReason.TICK,
          "the price " + price.toPlainString() + " is no positive multiple of the tick "
              + tick.stripTrailingZeros().toPlainString() + "; the nearest is "
              + yuan(nearest.multiply(tick).movePointRight(3).longValue()));
    }
    Optional<Refusal> outside = limits.flatMap(found -> outside(price, found));
    return outside.isPresent() ? outside : cage(order, price, rules, entryMills);
  }

  private static Optional<Refusal> outside(BigDecimal price, PriceLimits limits) {
    boolean above = price.compareTo(BigDecimal.valueOf(limits.upMills(), 3)) > 0;
    boolean below = price.compareTo(BigDecimal.valueOf(limits.downMills(), 3)) < 0;
    return above || below
        ? refusal(
            RejectReason.PRICE_LIMIT,
            "the price " + price.toPlainString() + " is outside the day's limits "
                + yuan(limits.downMills()) + " to " + yuan(limits.upMills()) + "; the nearest is "
                + yuan(above ? limits.upMills() : limits.downMills()))
        : Optional.empty();
  }

  private static Optional<Refusal> cage(
      PlannedOrder order, BigDecimal price, BoardRules rules, long entryMills) {
    Optional<PriceCage> cage = order.phase() == ExecutionPhase.CONTINUOUS && entryMills > 0
        ? rules.cage()
        : Optional.empty();
    if (cage.isEmpty()) {
      return Optional.empty();
    }
    boolean buy = order.side() == Side.BUY;
    long edge =
        buy ? cage.get().highestBuyMills(entryMills) : cage.get().lowestSellMills(entryMills);
    int off = price.compareTo(BigDecimal.valueOf(edge, 3));
    return (buy ? off > 0 : off < 0)
        ? refusal(
            RejectReason.PRICE_CAGE,
            "the price " + price.toPlainString() + " is outside the price cage around "
                + yuan(entryMills) + "; at " + (buy ? "most " : "least ") + yuan(edge))
        : Optional.empty();
  }

  static Optional<Refusal> refusal(RejectReason reason, String message) {
    return Optional.of(new Refusal(reason, message));
  }

  /** Thousandths of a yuan as a price, for example {@code 10.05}. */
  static String yuan(long mills) {
    BigDecimal price = BigDecimal.valueOf(mills, 3);
    return (mills % 10 == 0 ? price.setScale(2) : price).toPlainString();
  }
}

package io.qilin.core.risk;

import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.Side;
import io.qilin.core.rules.Fees;
import io.qilin.core.rules.MarketRuleBook;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Computed anew for every order in exact decimals: what would make the account too thin, too one-sided or too exposed. Only buys are judged: a sale
 * reduces every one of these risks and is never held up. Each method returns the objection, empty
 * if there is none.
 */
final class NaiveAccountRules {
  private static final int VOLUME_DAYS = 20;

  private final RiskSettings settings;

  NaiveAccountRules(RiskSettings settings) {
    this.settings = settings;
  }

  Optional<String> cash(Order order, RiskContext context) {
    if (order.side() == Side.SELL) {
      return Optional.empty();
    }
    ShareFacts share = new ShareFacts(order.symbol(), context);
    Fees fees = MarketRuleBook.aShare().at(context.session()).fees(share.board());
    Money cost = BuyingPower.cost(order.price(), order.shares(), fees);
    Money cash = context.portfolio().cash();
    return cost.compareTo(cash) <= 0
        ? Optional.empty()
        : Optional.of("the order costs " + cost + " yuan with fees, the account has " + cash
            + "; that pays for "
            + BuyingPower.shares(cash, order.price(), share.rule().lots(), fees) + " shares");
  }

  Optional<String> single(Order order, RiskContext context) {
    return exposure(
        order, context, settings.single(), "of " + order.symbol(), (a, b) -> a.equals(b));
  }

  Optional<String> total(Order order, RiskContext context) {
    return exposure(order, context, settings.total(), "in shares", (a, b) -> true);
  }

  Optional<String> sector(Order order, RiskContext context) {
    Map<Symbol, String> sectors = settings.sectors();
    if (order.side() == Side.SELL || sectors.isEmpty()) {
      return Optional.empty();
    }
    String sector = sectors.get(order.symbol());
    if (sector == null) {
      return Optional.of("the sector of " + order.symbol()
          + " is not known; supply it, or give no sectors to leave this limit out");
    }
    return exposure(
        order,
        context,
        settings.sector(),
        "in sector " + sector,
        (a, b) -> sector.equals(sectors.getOrDefault(b, sector)));
  }

  private Optional<String> exposure(
      Order order,
      RiskContext context,
      double limit,
      String what,
      BiPredicate<Symbol, Symbol> counts) {
    if (order.side() == Side.SELL) {
      return Optional.empty();
    }
    NaiveAccount account = new NaiveAccount(context);
    BigDecimal value = BigDecimal.ZERO;
    for (Map.Entry<Symbol, BigDecimal> entry : account.after(order).entrySet()) {
      if (counts.test(order.symbol(), entry.getKey())) {
        value = value.add(entry.getValue());
      }
    }
    BigDecimal most = account.equity().multiply(BigDecimal.valueOf(limit));
    if (value.compareTo(most) <= 0) {
      return Optional.empty();
    }
    BigDecimal room = most.subtract(value.subtract(NaiveAccount.value(order)));
    return Optional.of("the account would hold " + yuan(value) + " yuan " + what + ", allowed are "
        + yuan(most) + " (" + text(limit) + " of the equity); the order may be "
        + shares(room, order, context) + " shares");
  }

  Optional<String> volume(Order order, RiskContext context) {
    if (order.side() == Side.SELL) {
      return Optional.empty();
    }
    double average = new ShareFacts(order.symbol(), context).averageVolume(VOLUME_DAYS);
    BigDecimal most = new BigDecimal(average)
        .setScale(0, RoundingMode.DOWN)
        .multiply(BigDecimal.valueOf(settings.volumeShare()));
    if (BigDecimal.valueOf(order.shares()).compareTo(most) <= 0) {
      return Optional.empty();
    }
    return Optional.of(order.shares() + " shares are more than " + text(settings.volumeShare())
        + " of the average daily volume; at most " + most.setScale(0, RoundingMode.DOWN)
        + " are allowed");
  }

  Optional<String> drawdown(Order order, RiskContext context) {
    if (order.side() == Side.SELL) {
      return Optional.empty();
    }
    NaiveAccount account = new NaiveAccount(context);
    BigDecimal high =
        account.putIn().max(settings.highWaterMark().orElse(Money.ZERO).yuan());
    BigDecimal least =
        high.multiply(BigDecimal.ONE.subtract(BigDecimal.valueOf(settings.drawdown())));
    return account.equity().compareTo(least) > 0
        ? Optional.empty()
        : Optional.of("the equity of " + yuan(account.equity()) + " yuan is "
            + text(settings.drawdown()) + " or more below its high of " + yuan(high)
            + "; nothing may be bought until it is above " + yuan(least));
  }

  Optional<String> dailyLoss(Order order, RiskContext context) {
    if (order.side() == Side.SELL || settings.dayStart().isEmpty()) {
      return Optional.empty();
    }
    BigDecimal equity = new NaiveAccount(context).equity();
    BigDecimal start = settings.dayStart().get().yuan();
    BigDecimal least =
        start.multiply(BigDecimal.ONE.subtract(BigDecimal.valueOf(settings.dailyLoss())));
    return equity.compareTo(least) > 0
        ? Optional.empty()
        : Optional.of("the equity of " + yuan(equity) + " yuan is " + text(settings.dailyLoss())
            + " or more below the start of the day of " + yuan(start)
            + "; nothing may be bought until it is above " + yuan(least));
  }

  Optional<String> positionLoss(Order order, RiskContext context) {
    return stress(order, context, 1, settings.positionLoss(), true, "the position would lose ");
  }

  Optional<String> oneDayStress(Order order, RiskContext context) {
    return stress(order, context, 1, settings.oneDayStress(), false, "all shares would lose ");
  }

  Optional<String> twoDayStress(Order order, RiskContext context) {
    return stress(order, context, 2, settings.twoDayStress(), false, "all shares would lose ");
  }

  Optional<String> lockedStress(Order order, RiskContext context) {
    return stress(order, context, 3, settings.lockedStress(), false, "all shares would lose ");
  }

  private Optional<String> stress(
      Order order, RiskContext context, int days, double limit, boolean onlyThis, String what) {
    if (order.side() == Side.SELL) {
      return Optional.empty();
    }
    NaiveAccount account = new NaiveAccount(context);
    BigDecimal others = BigDecimal.ZERO;
    BigDecimal own = BigDecimal.ZERO;
    for (Map.Entry<Symbol, BigDecimal> entry : account.after(order).entrySet()) {
      BigDecimal loss = entry
          .getValue()
          .multiply(fraction(entry.getKey(), context, days))
          .setScale(3, RoundingMode.CEILING);
      if (entry.getKey().equals(order.symbol())) {
        own = loss;
      } else if (!onlyThis) {
        others = others.add(loss);
      }
    }
    BigDecimal loss = others.add(own);
    BigDecimal most =
        account.equity().multiply(BigDecimal.valueOf(limit)).setScale(3, RoundingMode.DOWN);
    if (loss.compareTo(most) <= 0) {
      return Optional.empty();
    }
    BigDecimal held = account.after(order).get(order.symbol()).subtract(NaiveAccount.value(order));
    BigDecimal room = most.subtract(others)
        .max(BigDecimal.ZERO)
        .divide(fraction(order.symbol(), context, days), 3, RoundingMode.DOWN)
        .subtract(held);
    return Optional.of(what + yuan(loss) + " yuan in "
        + (days == 1 ? "one day" : days + " days locked") + " at limit-down, allowed are "
        + yuan(most) + " (" + text(limit) + " of the equity); the order may be "
        + shares(room, order, context) + " shares");
  }

  /** A share that is being delisted may lose everything: its first day has no limit. */
  private static BigDecimal fraction(Symbol symbol, RiskContext context, int days) {
    ShareFacts share = new ShareFacts(symbol, context);
    return share.warning() == RiskWarning.DELISTING
        ? BigDecimal.ONE
        : LockedLimitStress.loss(share.rule(), share.listingDay(), days);
  }

  /** How many shares fit into an amount, by the lot rule. */
  private static long shares(BigDecimal room, Order order, RiskContext context) {
    if (room.signum() <= 0) {
      return 0;
    }
    BigDecimal most =
        room.divide(order.price(), 0, RoundingMode.DOWN).min(BigDecimal.valueOf(Long.MAX_VALUE));
    return new ShareFacts(order.symbol(), context).rule().lots().floorBuy(most.longValue());
  }

  /** Without trailing zeros and without an exponent. */
  private static String text(double fraction) {
    return BigDecimal.valueOf(fraction).stripTrailingZeros().toPlainString();
  }

  private static String yuan(BigDecimal value) {
    return value.setScale(2, RoundingMode.HALF_UP).toPlainString();
  }
}

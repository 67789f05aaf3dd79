package io.qilin.core.risk;

import io.qilin.api.money.Money;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.Side;
import java.util.Optional;

/**
 * What the account cannot pay, or what would make it too one-sided or too illiquid. Only buys are
 * judged: a sale reduces every one of these risks and is never held up. Each method returns the
 * objection, empty if there is none.
 */
final class AccountRules {
  private final RiskSettings settings;
  private final Fraction single;
  private final Fraction total;
  private final Fraction sector;
  private final Fraction volumeShare;

  AccountRules(RiskSettings settings) {
    this.settings = settings;
    this.single = new Fraction(settings.single());
    this.total = new Fraction(settings.total());
    this.sector = new Fraction(settings.sector());
    this.volumeShare = new Fraction(settings.volumeShare());
  }

  Optional<String> cash(Order order, RiskSession session) {
    if (order.side() == Side.SELL) {
      return Optional.empty();
    }
    SessionShare share = session.share(order.symbol());
    long cost = share.costFen(order);
    if (cost <= session.cashFen()) {
      return Optional.empty();
    }
    Money cash = Money.ofFen(session.cashFen());
    return Optional.of("the order costs " + Money.ofFen(cost)
        + " yuan with fees, the account has " + cash + "; that pays for "
        + BuyingPower.shares(cash, order.price(), share.lotRule(), share.facts().fees())
        + " shares");
  }

  Optional<String> single(Order order, RiskSession session) {
    return order.side() == Side.SELL
        ? Optional.empty()
        : exposure(
            order, session, single, session.share(order.symbol()).valueMills(), order.symbol());
  }

  Optional<String> total(Order order, RiskSession session) {
    return order.side() == Side.SELL
        ? Optional.empty()
        : exposure(order, session, total, session.valueMills(), "shares");
  }

  Optional<String> sector(Order order, RiskSession session) {
    if (order.side() == Side.SELL || settings.sectors().isEmpty()) {
      return Optional.empty();
    }
    SectorValues values = session.sectors(settings.sectors());
    String name = values.name(order.symbol());
    return name == null
        ? Optional.of("the sector of " + order.symbol()
            + " is not known; supply it, or give no sectors to leave this limit out")
        : exposure(order, session, sector, values.mills(order.symbol()), name);
  }

  /** What is a symbol, "shares", or the name of a sector; it is put into words only for a rejection. */
  private static Optional<String> exposure(
      Order order, RiskSession session, Fraction limit, long heldMills, Object what) {
    long equity = session.equityMills();
    long value = Mills.sum(heldMills, Mills.value(order));
    long most = limit.floor(equity);
    return value <= most
        ? Optional.empty()
        : Optional.of(tooMuch(order, session, limit, value, most, what));
  }

  private static String tooMuch(
      Order order, RiskSession session, Fraction limit, long value, long most, Object what) {
    String words = what instanceof String name
        ? name.equals("shares") ? "in shares" : "in sector " + name
        : "of " + what;
    return "the account would hold " + Mills.yuan(value) + " yuan " + words + ", allowed are "
        + Mills.yuan(most) + " (" + limit + " of the equity); the order may be "
        + Room.shares(most - (value - Mills.value(order)), order, session) + " shares";
  }

  Optional<String> volume(Order order, RiskSession session) {
    if (order.side() == Side.SELL) {
      return Optional.empty();
    }
    long most = volumeShare.floor(session.share(order.symbol()).averageVolume20());
    return order.shares() <= most
        ? Optional.empty()
        : Optional.of(order.shares() + " shares are more than " + volumeShare
            + " of the average daily volume; at most " + most + " are allowed");
  }

  Optional<String> liquidity(Order order, RiskSession session) {
    if (order.side() == Side.SELL) {
      return Optional.empty();
    }
    SessionShare share = session.share(order.symbol());
    long volume = share.averageVolume5();
    if (volume < settings.minVolume()) {
      return Optional.of(volume + " shares of " + order.symbol()
          + " changed hands on an average day of the last five, " + settings.minVolume()
          + " are the least; nothing is allowed");
    }
    if (settings.minTurnover() == 0) {
      return Optional.empty();
    }
    long floating = share.freeFloat();
    if (floating == 0) {
      return Optional.of("the free float of " + order.symbol()
          + " is not known, so neither is its turnover; supply it, or set the least turnover to 0");
    }
    return volume >= settings.minTurnover() * floating
        ? Optional.empty()
        : Optional.of(volume + " of " + floating + " free shares of " + order.symbol()
            + " changed hands on an average day of the last five, a fraction of "
            + settings.minTurnover() + " is the least; nothing is allowed");
  }
}

package io.qilin.core.risk;

import io.qilin.api.money.Money;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.Side;
import java.util.Optional;

/**
 * What the account has lost already, and what it could lose before anyone can get out. Only buys are
 * judged. Each method returns the objection, empty if there is none.
 */
final class LossRules {
  private final RiskSettings settings;
  private final Fraction drawdown;
  private final Fraction dailyLoss;
  private final Fraction positionLoss;
  private final Fraction[] stress;

  LossRules(RiskSettings settings) {
    this.settings = settings;
    this.drawdown = new Fraction(settings.drawdown());
    this.dailyLoss = new Fraction(settings.dailyLoss());
    this.positionLoss = new Fraction(settings.positionLoss());
    this.stress = new Fraction[] {
      new Fraction(settings.oneDayStress()),
      new Fraction(settings.twoDayStress()),
      new Fraction(settings.lockedStress())
    };
  }

  Optional<String> drawdown(Order order, RiskSession session) {
    if (order.side() == Side.SELL) {
      return Optional.empty();
    }
    long known = settings.highWaterMark().isPresent()
        ? Mills.product(settings.highWaterMark().get().fen(), 10)
        : 0;
    long high = Math.max(known, session.putInMills());
    return fall(session.equityMills(), high, drawdown, "its high");
  }

  Optional<String> dailyLoss(Order order, RiskSession session) {
    Optional<Money> start = settings.dayStart();
    return order.side() == Side.SELL || start.isEmpty()
        ? Optional.empty()
        : fall(
            session.equityMills(),
            Mills.product(start.get().fen(), 10),
            dailyLoss,
            "the start of the day");
  }

  private static Optional<String> fall(long equity, long high, Fraction limit, String since) {
    long least = high - limit.ceiling(high);
    return equity > least
        ? Optional.empty()
        : Optional.of("the equity of " + Mills.yuan(equity) + " yuan is " + limit
            + " or more below " + since + " of " + Mills.yuan(high)
            + "; nothing may be bought until it is above " + Mills.yuan(least));
  }

  Optional<String> positionLoss(Order order, RiskSession session) {
    if (order.side() == Side.SELL) {
      return Optional.empty();
    }
    long equity = session.equityMills();
    SessionShare share = session.share(order.symbol());
    return loss(order, session, 1, 0, share, positionLoss.floor(equity), positionLoss);
  }

  Optional<String> oneDayStress(Order order, RiskSession session) {
    return stress(order, session, 1);
  }

  Optional<String> twoDayStress(Order order, RiskSession session) {
    return stress(order, session, 2);
  }

  Optional<String> lockedStress(Order order, RiskSession session) {
    return stress(order, session, 3);
  }

  private Optional<String> stress(Order order, RiskSession session, int days) {
    if (order.side() == Side.SELL) {
      return Optional.empty();
    }
    SessionShare share = session.share(order.symbol());
    long others = session.stressMills(days) - share.stressMills(share.valueMills(), days);
    long most = stress[days - 1].floor(session.equityMills());
    return loss(order, session, days, others, share, most, stress[days - 1]);
  }

  /** Judges what the share loses after the order beside what others lose. */
  private Optional<String> loss(
      Order order,
      RiskSession session,
      int days,
      long others,
      SessionShare share,
      long most,
      Fraction limit) {
    long after = Mills.sum(share.valueMills(), Mills.value(order));
    long loss = others + share.stressMills(after, days);
    return loss <= most
        ? Optional.empty()
        : Optional.of(tooMuch(order, session, days, others, share, most, limit));
  }

  private String tooMuch(
      Order order,
      RiskSession session,
      int days,
      long others,
      SessionShare share,
      long most,
      Fraction limit) {
    long loss = others + share.stressMills(Mills.sum(share.valueMills(), Mills.value(order)), days);
    long room = share.valueLosing(Math.max(0, most - others), days) - share.valueMills();
    String what = limit == positionLoss ? "the position" : "all shares";
    return what + " would lose " + Mills.yuan(loss) + " yuan in "
        + (days == 1 ? "one day" : days + " days locked") + " at limit-down, allowed are "
        + Mills.yuan(most) + " (" + limit + " of the equity); the order may be "
        + Room.shares(room, order, session) + " shares";
  }
}

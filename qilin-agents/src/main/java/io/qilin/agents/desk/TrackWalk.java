package io.qilin.agents.desk;

import io.qilin.agents.desk.TrackRecord.EquityPoint;
import io.qilin.agents.desk.TrackedTrade.Outcome;
import io.qilin.agents.internal.OwnDays;
import io.qilin.api.analysis.Recommendation;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.progress.ProgressListener;
import io.qilin.api.trading.Side;
import io.qilin.core.risk.BuyingPower;
import io.qilin.core.rules.Fees;
import io.qilin.core.rules.LimitUpFact;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.LotRule;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.core.rules.PriceLimits;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Walks through the days of a {@link TrackRecord} by its {@link TrackRecord#CONVENTION}. Used once.
 */
final class TrackWalk {
  private static final double HIGHEST_PRICE = 1e6;

  /** Shares that were bought and not sold yet. */
  private record Position(
      int place,
      Recommendation advice,
      int instrument,
      int half,
      int boughtOn,
      long shares,
      double price,
      Money cost,
      Money fees) {}

  /** Advice that waits for the next opening, with the cash of its place. */
  private record Waiting(int place, Recommendation advice, int half, Money cash) {}

  private final ResearchDesk desk;
  private final Snapshots snapshots;
  private final Panel raw;
  private final LimitUpFacts facts;
  private final Money start;
  private final Money[] cash;
  private final List<Position> open = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private final List<TrackedTrade> trades = new ArrayList<>();

  TrackWalk(ResearchDesk desk, Snapshots snapshots, Money start) {
    this.desk = desk;
    this.snapshots = snapshots;
    this.raw = snapshots.raw();
    this.facts = LimitUpFacts.of(raw, snapshots.securities(), MarketRuleBook.aShare());
    this.start = start;
    Money half = Money.ofFen(start.fen() / 2);
    this.cash = new Money[] {start.minus(half), half};
  }

  TrackRecord run(int first, int last, ProgressListener progress, Cancellation cancellation) {
    List<EquityPoint> equity = new ArrayList<>();
    equity.add(new EquityPoint(raw.days().get(first), start));
    for (int d = first; d <= last; d++) {
      cancellation.check();
      if (d > first) {
        sellAtOpen(d);
        buyAtOpen(d);
        equity.add(new EquityPoint(raw.days().get(d), worth(d)));
      }
      if (d < last) {
        decide(d, (d - first) % 2);
      }
      progress.progress(d - first + 1L, last - first + 1L);
    }
    open.forEach(position -> trades.set(position.place(), stillOpen(position, last)));
    return new TrackRecord(equity, trades);
  }

  private void decide(int day, int half) {
    LocalDate session = raw.days().get(day + 1);
    List<Recommendation> advice =
        desk.decide(snapshots.at(raw.days().get(day)), session).recommendations();
    Money each = Money.ofFen(cash[half].fen() / Math.max(1, desk.top()));
    for (Recommendation one : advice) {
      waiting.add(new Waiting(trades.size(), one, half, each));
      trades.add(unfilled(one, Outcome.NOT_TRADED, Double.NaN));
    }
  }

  private void buyAtOpen(int day) {
    for (Waiting one : waiting) {
      trades.set(one.place(), buy(one, day));
    }
    waiting.clear();
  }

  private TrackedTrade buy(Waiting one, int day) {
    Recommendation advice = one.advice();
    int instrument = raw.indexOf(advice.symbol());
    LimitUpFact fact = facts.at(instrument, day);
    double price = fact.open();
    Optional<Outcome> obstacle = obstacle(advice, instrument, fact, day);
    if (obstacle.isPresent()) {
      return unfilled(advice, obstacle.get(), price);
    }
    BigDecimal exact = exact(price);
    Fees fees = fees(advice.symbol(), day);
    long shares = BuyingPower.shares(one.cash(), exact, lots(advice.symbol(), day), fees);
    if (shares == 0) {
      return unfilled(advice, Outcome.TOO_SMALL, price);
    }
    Money cost = BuyingPower.cost(exact, shares, fees);
    Money paid = fees.of(Side.BUY, amount(exact, shares), shares).total();
    Position position =
        new Position(one.place(), advice, instrument, one.half(), day, shares, price, cost, paid);
    cash[one.half()] = cash[one.half()].minus(cost);
    open.add(position);
    return stillOpen(position, day);
  }

  private Optional<Outcome> obstacle(
      Recommendation advice, int instrument, LimitUpFact fact, int day) {
    double price = fact.open();
    if (!tradable(instrument, day, price)) {
      return Optional.of(Outcome.NOT_TRADED);
    }
    double limit = advice.order().price().doubleValue();
    Optional<PriceLimits> limits = fact.limits();
    if (limits.isPresent() && !limits.get().within(limit)) {
      return Optional.of(Outcome.REFUSED);
    }
    if (limits.isPresent() && PriceLimits.mills(price) >= limits.get().upMills()) {
      return Optional.of(Outcome.LIMIT_UP);
    }
    return PriceLimits.mills(price) > PriceLimits.mills(limit)
        ? Optional.of(Outcome.ABOVE_ORDER)
        : Optional.empty();
  }

  private boolean tradable(int instrument, int day, double open) {
    return OwnDays.traded(raw, instrument, day) && open > 0 && open <= HIGHEST_PRICE;
  }

  private void sellAtOpen(int day) {
    for (Iterator<Position> all = open.iterator(); all.hasNext(); ) {
      Position position = all.next();
      LimitUpFact fact = facts.at(position.instrument(), day);
      double price = fact.open();
      boolean tradable = tradable(position.instrument(), day, price);
      boolean locked = tradable
          && fact.limits()
              .filter(l -> PriceLimits.mills(price) <= l.downMills())
              .isPresent();
      if (tradable && !locked) {
        all.remove();
        trades.set(position.place(), sell(position, day, price));
      }
    }
  }

  private TrackedTrade sell(Position position, int day, double price) {
    Money amount = amount(exact(price), position.shares());
    Money fee = fees(position.advice().symbol(), day)
        .of(Side.SELL, amount, position.shares())
        .total();
    Money received = amount.plus(payout(position, day, price)).minus(fee);
    cash[position.half()] = cash[position.half()].plus(received);
    return trade(
        position,
        Outcome.CLOSED,
        Optional.of(raw.days().get(day)),
        price,
        position.fees().plus(fee),
        received.minus(position.cost()));
  }

  private TrackedTrade stillOpen(Position position, int day) {
    Money profit = value(position, day).minus(position.cost());
    return trade(
        position,
        Outcome.OPEN,
        Optional.empty(),
        lastClose(position, day),
        position.fees(),
        profit);
  }

  private static TrackedTrade trade(
      Position position,
      Outcome outcome,
      Optional<LocalDate> sold,
      double price,
      Money fees,
      Money profit) {
    Recommendation advice = position.advice();
    return new TrackedTrade(
        advice.day(),
        advice.session(),
        advice.symbol(),
        advice.score(),
        outcome,
        position.shares(),
        position.price(),
        sold,
        price,
        fees,
        profit);
  }

  private static TrackedTrade unfilled(Recommendation advice, Outcome outcome, double price) {
    return new TrackedTrade(
        advice.day(),
        advice.session(),
        advice.symbol(),
        advice.score(),
        outcome,
        0,
        price,
        Optional.empty(),
        Double.NaN,
        Money.ZERO,
        Money.ZERO);
  }

  private Money worth(int day) {
    Money sum = cash[0].plus(cash[1]);
    for (Position position : open) {
      sum = sum.plus(value(position, day));
    }
    return sum;
  }

  private Money value(Position position, int day) {
    double close = lastClose(position, day);
    return amount(exact(close), position.shares()).plus(payout(position, day, close));
  }

  /** The last close up to the day; the price paid if the share has none since. */
  private double lastClose(Position position, int day) {
    for (int d = day; d >= position.boughtOn(); d--) {
      if (OwnDays.traded(raw, position.instrument(), d)) {
        return raw.value(Field.CLOSE, position.instrument(), d);
      }
    }
    return position.price();
  }

  /** What was paid out since the purchase, in shares or cash, at the given price. */
  private Money payout(Position position, int day, double price) {
    double before = factor(position.instrument(), position.boughtOn());
    double now = Double.NaN;
    for (int d = day; d >= position.boughtOn() && Double.isNaN(now); d--) {
      now = factor(position.instrument(), d);
    }
    double more = now / before - 1;
    return Double.isFinite(more) && more != 0
        ? Money.ofYuan(new BigDecimal(position.shares() * price * more))
        : Money.ZERO;
  }

  private double factor(int instrument, int day) {
    return raw.has(Field.FACTOR) ? raw.value(Field.FACTOR, instrument, day) : 1;
  }

  private static Money amount(BigDecimal price, long shares) {
    return Money.ofYuan(price.multiply(BigDecimal.valueOf(shares)));
  }

  private static BigDecimal exact(double price) {
    return BigDecimal.valueOf(PriceLimits.mills(price), 3);
  }

  private Board board(Symbol symbol, int day) {
    return status(symbol, day)
        .map(SecurityStatus::board)
        .or(() -> MarketRuleBook.boardOf(symbol))
        .orElseThrow();
  }

  private Optional<SecurityStatus> status(Symbol symbol, int day) {
    return Optional.ofNullable(snapshots.securities().get(symbol))
        .flatMap(timeline -> timeline.on(raw.days().get(day)));
  }

  private Fees fees(Symbol symbol, int day) {
    return MarketRuleBook.aShare().at(raw.days().get(day)).fees(board(symbol, day));
  }

  private LotRule lots(Symbol symbol, int day) {
    return MarketRuleBook.aShare()
        .at(raw.days().get(day))
        .ruleOf(symbol, status(symbol, day))
        .orElseThrow()
        .lots();
  }
}

package io.qilin.data.demo;

import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.LimitEvent;
import io.qilin.core.rules.PriceLimits;
import io.qilin.data.demo.DayShape.Kind;
import io.qilin.data.internal.DailyRules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes the days of one share, in order, from its plan, the market's factors and the rule book.
 *
 * <p>The return of an ordinary day is the sum of the market's and the sector's return, noise of the share's own whose
 * volatility moves slowly, and two small parts that the past tells something about: a drift that fades with a half-life
 * of about 40 days, and a reversal of 4 % of yesterday's noise. After a run of limit-ups it sags for some
 * days, and a gentle pull keeps it within sight of its first price. Every price is a whole number of fen inside the limits
 * that the rule book gives for the day's reference price.
 */
final class SharePath {
  private static final double NO_LIMIT_UP = 4;
  private static final double NO_LIMIT_DOWN = 0.4;
  private static final double SUSPENSION = 1.0 / 1500;
  private static final int QUIET_SESSIONS = 30;

  /** A day on which free float changed. */
  record FloatChange(int day, long freeFloat) {}

  final double[] open;
  final double[] high;
  final double[] low;
  final double[] close;
  final double[] vwap;
  final double[] volume;
  final double[] amount;
  final double[] factor;
  final double[] preClose;
  final List<FloatChange> floatChanges = new ArrayList<>();

  /** Days that have a row or lie between two, from the first to the last row. */
  int length;

  private final ListingPlan plan;
  private final SeededRandom random;
  private final MarketFactors factors;
  private final DailyRules rules;
  private final List<LocalDate> days;
  private final DayShape shape = new DayShape();
  private final Mood mood;
  private final CorporateActions actions;
  private final double beta;
  private final double load;
  private final double ownVolatility;
  private final double usualTurnover;

  private double fading;
  private double nerves;
  private double lastNoise;
  private double interest = 1;
  private double pending;
  private int suspendedFor;
  private long previousFen;
  private long freeFloat;
  private double adjustment = 1;

  SharePath(
      long seed,
      int number,
      ListingPlan plan,
      MarketFactors factors,
      DailyRules rules,
      List<LocalDate> days) {
    this.plan = plan;
    this.random = SeededRandom.of(seed, 2L * number + 1);
    this.factors = factors;
    this.rules = rules;
    this.days = days;
    boolean wide = plan.board() != Board.SSE_MAIN && plan.board() != Board.SZSE_MAIN;
    this.mood = new Mood(random, plan.board() == Board.BSE ? 0.15 : wide ? 0.35 : 1);
    this.actions = new CorporateActions(random);
    this.beta = random.between(0.6, 1.4);
    this.load = random.between(0.5, 1.3);
    this.ownVolatility = random.between(0.011, 0.02) * (wide ? 1.4 : 1);
    this.usualTurnover = random.between(0.004, 0.025) * (wide ? 1.4 : 1);
    this.previousFen = plan.startFen();
    this.freeFloat = plan.freeFloat();
    int n = plan.endDay() - plan.firstDay();
    open = missing(n);
    high = missing(n);
    low = missing(n);
    close = missing(n);
    vwap = missing(n);
    volume = missing(n);
    amount = missing(n);
    factor = missing(n);
    preClose = missing(n);
    for (int row = 0; row < n; row++) {
      day(plan.firstDay() + row, row);
    }
  }

  private static double[] missing(int n) {
    double[] column = new double[n];
    Arrays.fill(column, Double.NaN);
    return column;
  }

  private void day(int day, int row) {
    double move = move(day);
    if (isSuspended(day, row)) {
      pending = Math.max(-0.2, Math.min(0.2, pending + move));
      return;
    }
    move += pending;
    pending = 0;
    long reference = reference(day, row);
    RiskWarning warning = plan.warningOn(day);
    BoardRules rule = rules.find(day, plan.board(), warning).orElseThrow();
    int listingDay = plan.isNew() ? row + 1 : 0;
    boolean consolidation = warning == RiskWarning.DELISTING && plan.warningOn(day - 1) != warning;
    Optional<PriceLimits> limits = consolidation
        ? rule.limits(reference / 100.0, LimitEvent.DELISTING, 1)
        : rule.limits(reference / 100.0, listingDay);
    double volatility = volatility();
    Kind kind;
    if (limits.isPresent()) {
      shape.frame(reference, limits.get().downMills() / 10, limits.get().upMills() / 10);
      kind = limitedDay(day, listingDay, move, volatility);
      rule.openingAuctionLimits(reference / 100.0, listingDay).ifPresent(shape::capOpen);
    } else {
      shape.frame(reference, floor(reference), Math.round(reference * NO_LIMIT_UP));
      kind = Kind.ORDINARY;
      freeDay(listingDay, move, volatility);
    }
    write(row, reference, kind, listingDay);
  }

  private static long floor(long reference) {
    return Math.max(1, Math.round(reference * NO_LIMIT_DOWN));
  }

  private Kind limitedDay(int day, int listingDay, double move, double volatility) {
    if (listingDay == 1) {
      mood.startRun();
      shape.special(Kind.SEALED, random, volatility);
      return Kind.SEALED;
    }
    Kind kind = mood.next(factors.isTheme(plan.sector(), day));
    if (kind == Kind.ORDINARY) {
      shape.ordinary(random, move, volatility);
    } else {
      shape.special(kind, random, volatility);
      lastNoise = 0;
    }
    return kind;
  }

  /** A day without limit: the first of a listing goes far up, the first of a delisting consolidation far down. */
  private void freeDay(int listingDay, double move, double volatility) {
    if (listingDay == 1) {
      shape.ordinary(random, random.between(0.1, 1.6), 0.12);
    } else if (listingDay == 0) {
      shape.ordinary(random, -random.between(0.15, 0.45), 0.08);
    } else {
      shape.ordinary(random, move + 0.03 * random.normal(), volatility + 0.03);
    }
  }

  /** The return that the day would have without limits. */
  private double move(int day) {
    fading = 0.983 * fading + 0.00028 * random.normal();
    nerves = 0.96 * nerves + 0.28 * random.normal();
    double noise =
        volatility() * random.normal() + (random.chance(0.01) ? 0.045 * random.normal() : 0);
    double move = beta * factors.market(day)
        + load * factors.sector(plan.sector(), day)
        + fading
        + noise
        - 0.04 * lastNoise;
    lastNoise = noise;
    return move + mood.hangover() + leash();
  }

  /** Pulls prices gently back to where they began and keeps raw ones in a range that real ones have. */
  private double leash() {
    double grown = adjustment * previousFen / plan.startFen() - 1;
    double pull = -0.0005 * Math.max(-0.7, Math.min(3, grown));
    return pull + (previousFen < 250 ? 0.004 : previousFen > 40_000 ? -0.002 : 0);
  }

  private double volatility() {
    return ownVolatility * Math.max(0.45, 1 + 0.4 * nerves);
  }

  private boolean isSuspended(int day, int row) {
    if (suspendedFor > 0) {
      suspendedFor--;
      return true;
    }
    if ((plan.isNew() && row < QUIET_SESSIONS)
        || row == 0
        || plan.warningOn(day) == RiskWarning.DELISTING) {
      return false;
    }
    if (plan.isEveOfWarning(day)) {
      return true;
    }
    if (!random.chance(SUSPENSION)) {
      return false;
    }
    double draw = random.unit();
    suspendedFor = draw < 0.6
        ? random.between(0, 2)
        : draw < 0.92 ? random.between(4, 14) : random.between(25, 60);
    return true;
  }

  /** The exchange's reference price in fen; on an ex-date also moves factor and float. */
  private long reference(int day, int row) {
    LocalDate date = days.get(day);
    boolean quiet = row == 0 || (plan.isNew() && row < QUIET_SESSIONS);
    boolean healthy = plan.warningOn(day) == RiskWarning.NONE;
    if (quiet
        || !healthy
        || !actions.isExDay(day, date.getYear(), date.getMonthValue(), previousFen)) {
      return previousFen;
    }
    long reference = exRight(previousFen, actions.cashMills(), actions.bonusTenths());
    adjustment *= (double) previousFen / reference;
    if (actions.bonusTenths() > 0) {
      freeFloat += freeFloat / 10 * actions.bonusTenths();
      floatChanges.add(new FloatChange(day, freeFloat));
    }
    return reference;
  }

  /** (close − cash) / (1 + bonus) in fen, rounded half up. */
  static long exRight(long closeFen, long cashMills, int bonusTenths) {
    long divisor = 10L + bonusTenths;
    return (2 * (closeFen * 10 - cashMills) + divisor) / (2 * divisor);
  }

  private void write(int row, long reference, Kind kind, int listingDay) {
    long shares = shares(reference, kind, listingDay);
    long amountFen = amountFen(shares);
    open[row] = shape.open / 100.0;
    high[row] = shape.high / 100.0;
    low[row] = shape.low / 100.0;
    close[row] = shape.close / 100.0;
    volume[row] = shares;
    amount[row] = amountFen / 100.0;
    vwap[row] = (double) amountFen / shares / 100.0;
    factor[row] = adjustment;
    preClose[row] = reference / 100.0;
    previousFen = shape.close;
    length = row + 1;
  }

  /** Shares traded: more on days that move, few on a one-price day, many on the first days of a listing. */
  private long shares(long reference, Kind kind, int listingDay) {
    interest = 0.85 * interest + 0.15 * Math.max(0.1, 1 + 0.9 * random.normal());
    double moved = Math.abs((double) shape.close / reference - 1)
        + (double) (shape.high - shape.low) / reference;
    double turnover = usualTurnover * interest * (0.5 + 16 * Math.min(moved, 0.3));
    if (kind == Kind.ONE_WORD || kind == Kind.DOWN_ONE_WORD) {
      turnover *= 0.12;
    } else if (kind == Kind.BROKEN) {
      turnover *= 1.6;
    }
    if (listingDay > 0 && listingDay <= 20) {
      turnover = Math.max(turnover, random.between(0.3, 0.8) / Math.sqrt(listingDay));
    }
    long shares = (long) (freeFloat * Math.min(turnover, 0.85));
    return Math.max(100, shares / 100 * 100);
  }

  /** Yuan traded, in fen: an average between low and high times the shares. */
  private long amountFen(long shares) {
    double average = (shape.open + shape.high + shape.low + 2.0 * shape.close) / 5
        + random.between(-0.05, 0.1) * (shape.high - shape.low);
    long fen = Math.round(average * shares);
    return Math.max(shape.low * shares, Math.min(shape.high * shares, fen));
  }
}

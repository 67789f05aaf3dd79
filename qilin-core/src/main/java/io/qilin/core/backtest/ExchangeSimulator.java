package io.qilin.core.backtest;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.MinuteBars;
import io.qilin.api.market.MinuteDay;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import io.qilin.core.backtest.Execution.Refusal;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.LimitStatus;
import io.qilin.core.rules.LimitUpFact;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.core.rules.PriceLimits;
import io.qilin.core.rules.TradeCost;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Fills orders as the exchange would have, from daily or minute bars and the dated rule book: price
 * limits around the exchange's reference price, ticks, lots and odd lots, T+1, suspension, the price
 * cage, sealed boards (涨停, 跌停), auctions, and a cap on the share of the volume. It knows nothing of
 * money: whether the account can pay, the caller decides.
 *
 * <p>A day's bar is read only to fill that day's orders, so that nothing is known before. An order
 * larger than the board takes in one order counts as sent in parts. Immutable and safe to share.
 */
public final class ExchangeSimulator {
  private static final Field SEAL_VOLUME = Field.of("seal_volume");

  private static final double HIGHEST_PRICE = 1e6;
  /** An average further outside the day's range than this is in another unit, and not known. */
  private static final double TICK_YUAN = 0.01;

  private final Panel panel;
  private final Map<Symbol, SecurityTimeline> securities;
  private final LimitUpFacts facts;
  private final ExchangeSettings settings;
  private final MinuteBars minuteBars;
  private final DailyMatching daily;
  private final MinuteMatching minutes;
  private final @Nullable PanelColumn volume;
  private final @Nullable PanelColumn amount;
  private final @Nullable PanelColumn vwap;
  private final @Nullable PanelColumn sealVolume;

  private ExchangeSimulator(
      LimitUpFacts facts,
      Map<Symbol, SecurityTimeline> securities,
      MinuteBars minuteBars,
      ExchangeSettings settings) {
    this.panel = facts.panel();
    this.securities = securities;
    this.facts = facts;
    this.settings = settings;
    this.minuteBars = minuteBars;
    this.daily = new DailyMatching(settings);
    this.minutes = new MinuteMatching(settings);
    this.volume = find(panel, Field.VOLUME);
    this.amount = find(panel, Field.AMOUNT);
    this.vwap = find(panel, Field.VWAP);
    this.sealVolume = find(panel, SEAL_VOLUME);
  }

  private static @Nullable PanelColumn find(Panel panel, Field field) {
    return panel.has(field) ? panel.column(field) : null;
  }

  /**
   * A simulator over daily bars.
   *
   * @param raw raw daily bars; {@code $pre_close} should be among the fields, or an ex-date is not
   *     known and its limits are wrong
   * @param securities dated status of the shares, as far as known
   * @throws QilinException as {@link LimitUpFacts#of}
   */
  public static ExchangeSimulator of(
      Panel raw, Map<Symbol, SecurityTimeline> securities, ExchangeSettings settings) {
    return of(raw, securities, MinuteBars.NONE, settings);
  }

  /**
   * A simulator over minute bars where there are any, else daily ones.
   *
   * @param raw raw daily bars of the same shares, from which the limits come
   * @param minuteBars raw minute bars
   * @throws QilinException as {@link LimitUpFacts#of}
   */
  public static ExchangeSimulator of(
      Panel raw,
      Map<Symbol, SecurityTimeline> securities,
      MinuteBars minuteBars,
      ExchangeSettings settings) {
    Objects.requireNonNull(settings, "settings");
    Objects.requireNonNull(minuteBars, "minuteBars");
    LimitUpFacts facts = LimitUpFacts.of(raw, securities, MarketRuleBook.aShare());
    return new ExchangeSimulator(facts, Map.copyOf(securities), minuteBars, settings);
  }

  /** The same exchange by another knowledge of what the shares are. */
  ExchangeSimulator with(Map<Symbol, SecurityTimeline> known) {
    return new ExchangeSimulator(facts.with(known), Map.copyOf(known), minuteBars, settings);
  }

  /** The daily bars. */
  public Panel panel() {
    return panel;
  }

  /** How orders are filled where the rules leave it open. */
  public ExchangeSettings settings() {
    return settings;
  }

  /** How each share stood to its limits. */
  public LimitUpFacts facts() {
    return facts;
  }

  /**
   * What becomes of an order in a session.
   *
   * @param session the trading day
   * @param account what is known of the account in this share
   * @return the fills and, where not all is filled, the reason; never an exception for a wrong order
   * @throws QilinException DATA_FETCH if the source of minute bars fails
   */
  public Execution execute(PlannedOrder order, LocalDate session, OrderAccount account) {
    return execute(order, session, account, minute -> 0);
  }

  /**
   * The same after other orders of the account in this share.
   *
   * @param taken shares that those took of a minute's volume
   */
  Execution execute(
      PlannedOrder order, LocalDate session, OrderAccount account, IntToLongFunction taken) {
    Optional<Integer> instrument = panel.find(order.symbol());
    if (instrument.isEmpty()) {
      return refused(
          order,
          RejectReason.UNKNOWN_SYMBOL,
          order.symbol() + " is not among the " + panel.symbols().size() + " shares of the data");
    }
    int day = dayOf(session);
    if (day < 0) {
      return refused(order, RejectReason.SESSION_CLOSED, closed(session));
    }
    Optional<Refusal> listing = listing(instrument.get(), day, session);
    if (listing.isPresent()) {
      return Execution.refused(order, listing.get());
    }
    LimitUpFact fact = facts.at(instrument.get(), day);
    Optional<BoardRules> rules = facts.rules(instrument.get(), day);
    Optional<Refusal> unusable = unusable(order.symbol(), session, fact, rules);
    if (unusable.isPresent()) {
      return Execution.refused(order, unusable.get());
    }
    DayBar bar = bar(instrument.get(), day, fact, rules.orElseThrow());
    if (Double.isInfinite(bar.volume())) {
      return refused(
          order,
          RejectReason.NO_PRICE,
          "the volume of " + order.symbol() + " on " + session + " is " + bar.volume());
    }
    Optional<MinuteDay> intraday = minutesOf(order.symbol(), session);
    Optional<Refusal> objection =
        OrderRules.check(order, session, bar.rules(), bar.limits(), bar.open(), account);
    if (objection.isPresent()) {
      return Execution.refused(order, objection.get());
    }
    long room = room(bar, account);
    return intraday.isPresent()
        ? minutes.match(order, bar, intraday.get(), room, taken)
        : daily.match(order, bar, room);
  }

  /**
   * The fees of a fill.
   *
   * @throws QilinException ORDER_INVALID if the rule book does not know the share on the day
   */
  public TradeCost cost(Symbol symbol, Side side, LocalDate session, Money value, long shares) {
    int instrument = panel.indexOf(symbol);
    BoardRules rules = facts
        .rules(instrument, panel.indexOf(session))
        .orElseThrow(() ->
            QilinException.invalid("the rule book knows no fees for " + symbol + " on " + session));
    return MarketRuleBook.aShare()
        .at(session)
        .fees(rules.board(), settings.commission())
        .of(side, value, shares);
  }

  private Optional<MinuteDay> minutesOf(Symbol symbol, LocalDate session) {
    try {
      return minuteBars.of(symbol, session).filter(found -> found.size() > 0);
    } catch (RuntimeException e) {
      throw new QilinException(
          ErrorCode.DATA_FETCH,
          "the minute bars of " + symbol + " on " + session + " could not be had: "
              + e.getMessage(),
          e);
    }
  }

  private int dayOf(LocalDate session) {
    int at = Collections.binarySearch(panel.days(), session);
    return at < 0 ? -1 : at;
  }

  private String closed(LocalDate session) {
    int next = -Collections.binarySearch(panel.days(), session) - 1;
    String near = next == 0
        ? "the first is " + panel.days().get(0)
        : next == panel.days().size()
            ? "the last is " + panel.lastDay()
            : "the nearest are " + panel.days().get(next - 1) + " and "
                + panel.days().get(next);
    return session + " is not a trading day of the data; " + near;
  }

  private Optional<Refusal> listing(int instrument, int day, LocalDate session) {
    Symbol symbol = panel.symbols().get(instrument);
    Optional<LocalDate> listed = Optional.ofNullable(securities.get(symbol))
        .flatMap(timeline -> timeline.on(session))
        .flatMap(SecurityStatus::listDate);
    if (day < panel.firstRow(instrument)
        || listed.filter(date -> date.isAfter(session)).isPresent()) {
      LocalDate first = listed.orElse(panel.days().get(panel.firstRow(instrument)));
      return OrderRules.refusal(
          RejectReason.NOT_LISTED,
          symbol + " is not listed on " + session + "; it trades from " + first);
    }
    return day >= panel.endRow(instrument)
        ? OrderRules.refusal(
            RejectReason.DELISTED,
            symbol + " does not trade any more on " + session + "; its last row is of "
                + panel.days().get(panel.endRow(instrument) - 1))
        : Optional.empty();
  }

  /** What is wrong with the bar of a share that traded; empty if nothing is. */
  Optional<Refusal> unusable(int instrument, int day) {
    return unusable(
        panel.symbols().get(instrument),
        panel.days().get(day),
        facts.at(instrument, day),
        facts.rules(instrument, day));
  }

  private static Optional<Refusal> unusable(
      Symbol symbol, LocalDate session, LimitUpFact fact, Optional<BoardRules> rules) {
    if (!fact.traded()) {
      return OrderRules.refusal(RejectReason.SUSPENDED, symbol + " is suspended on " + session);
    }
    if (rules.isEmpty()) {
      return OrderRules.refusal(
          RejectReason.UNKNOWN_SYMBOL,
          "the rule book knows no rule for " + symbol + " on " + session);
    }
    if (fact.beyondLimits()) {
      return OrderRules.refusal(
          RejectReason.NO_PRICE,
          "the bar of " + symbol + " on " + session + " lies outside the day's limits "
              + fact.limits()
                  .map(l -> OrderRules.yuan(l.downMills()) + " to " + OrderRules.yuan(l.upMills()))
                  .orElse("")
              + "; its price, status or reference price is wrong");
    }
    if (fact.status() == LimitStatus.UNKNOWN) {
      return OrderRules.refusal(
          RejectReason.NO_PRICE,
          "the reference price of " + symbol + " on " + session
              + " is not known, so its limits are not; supply $pre_close");
    }
    boolean ordered = fact.low() > 0
        && fact.low() <= Math.min(fact.open(), fact.close())
        && Math.max(fact.open(), fact.close()) <= fact.high()
        && fact.high() <= HIGHEST_PRICE;
    return ordered
        ? Optional.empty()
        : OrderRules.refusal(
            RejectReason.NO_PRICE,
            "the bar of " + symbol + " on " + session + " is no bar: open " + fact.open()
                + ", high " + fact.high() + ", low " + fact.low() + ", close " + fact.close());
  }

  private DayBar bar(int instrument, int day, LimitUpFact fact, BoardRules rules) {
    double traded = value(volume, instrument, day);
    double average = value(vwap, instrument, day);
    if (!(average > 0)) {
      average = value(amount, instrument, day) / traded;
    }
    boolean inRange = average >= fact.low() - TICK_YUAN && average <= fact.high() + TICK_YUAN;
    if (!inRange) {
      average = (fact.open() + fact.high() + fact.low() + fact.close()) / 4;
    }
    return new DayBar(
        rules,
        fact.limits(),
        fact.referencePrice() > 0 ? PriceLimits.mills(fact.referencePrice()) : 0,
        PriceLimits.mills(fact.open()),
        PriceLimits.mills(fact.high()),
        PriceLimits.mills(fact.low()),
        PriceLimits.mills(fact.close()),
        average,
        traded,
        value(sealVolume, instrument, day));
  }

  private static double value(@Nullable PanelColumn column, int instrument, int day) {
    return column == null ? Double.NaN : column.value(instrument, day);
  }

  /** Shares that may still be filled; without a known volume as many as ordered. */
  private long room(DayBar bar, OrderAccount account) {
    if (Double.isNaN(bar.volume())) {
      return Long.MAX_VALUE;
    }
    return Math.max(0, (long) (bar.volume() * settings.participation()) - account.tradedToday());
  }

  private static Execution refused(PlannedOrder order, RejectReason reason, String message) {
    return Execution.refused(order, new Refusal(reason, message));
  }
}

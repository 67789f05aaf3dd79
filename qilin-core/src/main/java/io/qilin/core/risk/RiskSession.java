package io.qilin.core.risk;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.trading.Holding;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.Side;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The account before one trading session, prepared once so that each order is judged by a few
 * comparisons of whole numbers: values in thousandths of a yuan (mills), money in fen. Orders that
 * are accepted change it, so that those after them are judged with them.
 *
 * <p>An accepted buy counts as filled in whole at its limit price: its cost with fees leaves the
 * cash, its shares count at the last close and are not sellable (T+1). An accepted sale is counted
 * at its worst: its shares cannot be sold again, but they bring no money and reduce no risk until
 * {@link #sold} says that they are gone.
 *
 * <p>Not thread-safe: one session belongs to one thread at a time.
 */
public final class RiskSession {
  private final Map<Symbol, SessionShare> shares = new HashMap<>();
  private final Map<Symbol, SessionShare> owned = new TreeMap<>();
  /** Owned, but of unknown price. */
  private final Map<Symbol, SessionShare> unpriced = new TreeMap<>();
  /** Owned, but of unknown rules. */
  private final Map<Symbol, SessionShare> unruled = new TreeMap<>();

  private final List<SectorValues> sectorValues = new ArrayList<>();
  private final List<Scenarios> scenarios = new ArrayList<>();
  private final long[] stress = new long[SessionShare.MOST_STRESS_DAYS];
  private RiskContext context;
  private boolean changed;
  private long cashFen;
  private long paidFen;
  private long valueMills;
  private @Nullable SessionShare last;

  private RiskSession(RiskContext context) {
    this.context = context;
    this.cashFen = context.portfolio().cash().fen();
    for (Map.Entry<Symbol, List<Holding>> entry : context.portfolio().holdings().entrySet()) {
      SessionShare share = make(entry.getKey(), entry.getValue());
      owned.put(entry.getKey(), share);
      for (Holding lot : entry.getValue()) {
        paidFen = Mills.sum(paidFen, lot.cost().fen());
      }
      include(share);
    }
  }

  /**
   * Prepares a session. A holding of unknown price is no error here; every rule that needs its value
   * refuses.
   *
   * @throws QilinException LIMIT_EXCEEDED if the account is worth more than a long can count
   */
  public static RiskSession of(RiskContext context) {
    return new RiskSession(context);
  }

  /** The context as it is now, accepted orders included; made anew after each change. */
  public RiskContext context() {
    if (changed) {
      Map<Symbol, List<Holding>> holdings = new TreeMap<>();
      owned.forEach((symbol, share) -> holdings.put(symbol, share.lots().list()));
      context = new RiskContext(
          context.session(),
          context.history(),
          context.securities(),
          new Portfolio(Money.ofFen(cashFen), holdings));
      changed = false;
    }
    return context;
  }

  /** What is known of a share, which need not be owned nor be in the history. */
  public SessionShare share(Symbol symbol) {
    SessionShare known = last;
    if (known != null && known.symbol().equals(symbol)) {
      return known;
    }
    known = shares.get(symbol);
    if (known == null) {
      known = make(symbol, List.of());
    }
    last = known;
    return known;
  }

  private SessionShare make(Symbol symbol, List<Holding> lots) {
    SessionShare share =
        new SessionShare(ShareFacts.of(symbol, context), new Lots(context.session(), lots));
    shares.put(symbol, share);
    return share;
  }

  /** Money that can buy, in fen. */
  public long cashFen() {
    return cashFen;
  }

  /**
   * What all shares are worth.
   *
   * @throws QilinException DATA_NOT_FOUND if a holding has no price
   */
  public long valueMills() {
    requirePrices();
    return valueMills;
  }

  /**
   * Cash and shares.
   *
   * @throws QilinException DATA_NOT_FOUND if a holding has no price
   */
  public long equityMills() {
    requirePrices();
    return Mills.sum(valueMills, Mills.product(cashFen, 10));
  }

  /**
   * What all shares lose if each is locked at limit-down for some days, see {@link
   * SessionShare#stressMills}.
   *
   * @param days 1 to 3
   * @throws QilinException if the price or the rules of a holding are not known
   */
  public long stressMills(int days) {
    if (days < 1 || days > stress.length) {
      throw QilinException.invalid("a stress lasts 1 to " + stress.length + " days, was " + days);
    }
    requirePrices();
    for (SessionShare share : unruled.values()) {
      share.stressMills(0, days);
    }
    return stress[days - 1];
  }

  /** Cash plus what the shares cost, in mills. */
  long putInMills() {
    return Mills.product(Mills.sum(cashFen, paidFen), 10);
  }

  private void requirePrices() {
    if (!unpriced.isEmpty()) {
      unpriced.values().iterator().next().markMills();
    }
  }

  /** What is held by sector; made once for each assignment. */
  SectorValues sectors(Map<Symbol, String> sectors) {
    for (SectorValues known : sectorValues) {
      if (known.isOf(sectors)) {
        return known;
      }
    }
    SectorValues values = new SectorValues(sectors);
    owned.values().forEach(share -> values.changed(share, share.counted()));
    sectorValues.add(values);
    return values;
  }

  /** What the holdings would have gained and lost on past days; made once for each window. */
  Scenarios scenarios(int days, int least) {
    for (Scenarios known : scenarios) {
      if (known.days() == days && known.least() == least) {
        return known;
      }
    }
    Scenarios made = new Scenarios(context.history(), days, least);
    owned.values().forEach(share -> made.changed(share, share.counted()));
    scenarios.add(made);
    return made;
  }

  /**
   * Counts an order that was sent.
   *
   * @throws QilinException INSUFFICIENT_CASH or POSITION if the account cannot pay or deliver; then
   *     nothing changes
   */
  public void accept(Order order) {
    SessionShare share = share(order.symbol());
    if (order.side() == Side.SELL) {
      if (order.shares() > share.sellable()) {
        throw new QilinException(
            ErrorCode.POSITION,
            "of " + order.symbol() + " " + share.sellable() + " shares are sellable, not "
                + order.shares());
      }
      share.lots().promise(order.shares());
    } else {
      long cost = share.costFen(order);
      if (cost > cashFen) {
        throw new QilinException(
            ErrorCode.INSUFFICIENT_CASH,
            order + " costs " + Money.ofFen(cost) + " yuan with fees, the account has "
                + Money.ofFen(cashFen));
      }
      requireCountable(share, Mills.sum(share.held(), order.shares()));
      exclude(share);
      cashFen -= cost;
      paidFen += cost;
      share.lots().buy(order.shares(), Money.ofFen(cost));
      owned.put(order.symbol(), share);
      include(share);
    }
    changed = true;
  }

  /**
   * Says that shares of accepted sales were sold: they leave the account, and their price less the
   * fees of the default commission comes to the cash.
   *
   * @param fill a sale of at most as many shares as accepted sales have left, at the price reached
   * @throws QilinException POSITION if no accepted sale has so many left, INVALID_ARGUMENT for a buy;
   *     then nothing changes
   */
  public void sold(Order fill) {
    SessionShare share = share(fill.symbol());
    if (fill.side() == Side.BUY) {
      throw QilinException.invalid("only a sale can be sold, was " + fill);
    }
    if (fill.shares() > share.lots().promised()) {
      throw new QilinException(
          ErrorCode.POSITION,
          "accepted sales of " + fill.symbol() + " have " + share.lots().promised()
              + " shares left, not " + fill.shares() + "; accept the sale first");
    }
    long cash = Mills.sum(cashFen, Math.max(-cashFen, share.proceedsFen(fill)));
    exclude(share);
    paidFen -= share.lots().sell(fill.shares()).fen();
    cashFen = cash;
    if (share.held() == 0) {
      owned.remove(fill.symbol());
    }
    include(share);
    changed = true;
  }

  /**
   * Takes a newer price of a share: what is held of it counts at that price from now on. Limits and
   * cage stay those around the last close.
   *
   * @param yuan raw price, positive, at most twelve digits before the point; finer than a mill is
   *     rounded down
   * @throws QilinException INVALID_ARGUMENT for what is no such price
   */
  public void mark(Symbol symbol, BigDecimal yuan) {
    long digits = (long) yuan.precision() - yuan.scale();
    if (yuan.signum() <= 0 || digits > 12 || digits < -2) {
      throw QilinException.invalid(
          "a price is positive and has at most 12 digits before the point, was "
              + QilinException.quote(yuan.toString()));
    }
    SessionShare share = share(symbol);
    long mills = Mills.floor(yuan);
    if (mills == 0) {
      throw QilinException.invalid("a price is at least 0.001 yuan, was " + yuan.toPlainString());
    }
    Mills.sum(valueMills, Mills.product(mills, share.held()));
    exclude(share);
    share.mark(mills);
    include(share);
  }

  /**
   * The worst price at which an order can be filled: its own limit, else limit-up for a buy and
   * limit-down for a sale.
   *
   * @throws QilinException ORDER_INVALID for an order without limit on a day without limit; as {@link
   *     SessionShare#upMills()}
   */
  public BigDecimal worstPrice(PlannedOrder order) {
    if (order.limit().isPresent()) {
      return order.limit().get();
    }
    SessionShare share = share(order.symbol());
    long mills = order.side() == Side.BUY ? share.upMills() : share.downMills();
    if (mills == Long.MAX_VALUE || mills == 0) {
      throw new QilinException(
          ErrorCode.ORDER_INVALID,
          "the session has no price limit for " + order.symbol()
              + ", so its worst price is not known; give the order a limit");
    }
    return new BigDecimal(Mills.price(mills));
  }

  /** Refuses a change after which the account could not be counted, before anything changes. */
  private void requireCountable(SessionShare share, long shares) {
    if (share.hasPrice()) {
      Mills.sum(valueMills, Mills.product(share.markMills(), shares));
    }
  }

  /** Takes a share out of the sums. */
  private void exclude(SessionShare share) {
    if (unpriced.remove(share.symbol()) == null && share.held() > 0) {
      count(share, -share.counted());
      if (unruled.remove(share.symbol()) == null) {
        addStress(share, -1);
      }
      share.counted(0);
    }
  }

  /** Puts a share into the sums; what is not known of it is kept as a reason to refuse. */
  private void include(SessionShare share) {
    if (share.held() == 0) {
      return;
    }
    if (!share.hasPrice()) {
      unpriced.put(share.symbol(), share);
      return;
    }
    share.counted(share.valueMills());
    count(share, share.counted());
    if (share.hasRules()) {
      addStress(share, 1);
    } else {
      unruled.put(share.symbol(), share);
    }
  }

  private void count(SessionShare share, long deltaMills) {
    valueMills = Mills.sum(valueMills, deltaMills);
    sectorValues.forEach(values -> values.changed(share, deltaMills));
    scenarios.forEach(made -> made.changed(share, deltaMills));
  }

  private void addStress(SessionShare share, int sign) {
    for (int days = 1; days <= stress.length; days++) {
      stress[days - 1] += sign * share.stressMills(share.counted(), days);
    }
  }
}

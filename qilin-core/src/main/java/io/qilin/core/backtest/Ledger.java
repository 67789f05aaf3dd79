package io.qilin.core.backtest;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.CorporateAction;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.trading.Holding;
import io.qilin.api.trading.Portfolio;
import io.qilin.core.rules.DividendTax;
import io.qilin.core.rules.TradeCost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An account in exact money: cash, lots of shares, and a journal of every change. Cash never falls
 * below zero, nothing is sold that is not held and sellable on the day (T+1), and every entry
 * balances (see {@link Balance}). A change that would break this is refused before anything is
 * written.
 *
 * <p>Sales take the lots that were bought first. A cash dividend is credited on its ex-date before
 * tax; the tax falls due when the shares are sold, by how long they were held ({@link DividendTax}).
 * Bonus shares make a lot of their own that costs nothing and is held from the ex-date; a fraction
 * of a share lapses. Not thread-safe.
 */
public final class Ledger {
  private static final BigDecimal MOST_SHARES = BigDecimal.valueOf(1_000_000_000_000L);

  private final TreeMap<Symbol, Position> positions = new TreeMap<>();
  private final List<JournalEntry> journal = new ArrayList<>();
  private Balance balance = Balance.ZERO;
  private int daysOpened;

  /**
   * An account with money in it.
   *
   * @param money what is put in, not negative
   * @throws QilinException INVALID_ARGUMENT if it is negative
   */
  public static Ledger open(Money money, LocalDate day) {
    if (money.isNegative()) {
      throw QilinException.invalid("an account opens with money, not with " + money);
    }
    Ledger ledger = new Ledger();
    ledger.deposit(money, day, "opening");
    return ledger;
  }

  /**
   * An account that holds what a portfolio states. Lots keep their cost and their day; the shares
   * are valued at cost until they are marked.
   */
  public static Ledger of(Portfolio portfolio, LocalDate day) {
    Money sum = portfolio.cash();
    for (List<Holding> lots : portfolio.holdings().values()) {
      for (Holding lot : lots) {
        sum = sum.plus(lot.cost());
      }
    }
    Ledger ledger = open(sum, day);
    portfolio
        .holdings()
        .forEach((symbol, lots) -> lots.forEach(lot -> ledger.take(symbol, lot, day)));
    return ledger;
  }

  private void take(Symbol symbol, Holding lot, LocalDate day) {
    LocalDate acquired = lot.sellableFrom().isAfter(day) ? day : lot.sellableFrom();
    add(
        symbol,
        new Lot(lot.shares(), lot.cost(), Money.ZERO, acquired, lot.sellableFrom(), List.of()));
    long mills = lot.cost().fen() > Long.MAX_VALUE / 10 ? 0 : lot.cost().fen() * 10 / lot.shares();
    position(symbol).mark(Math.max(position(symbol).markMills(), mills));
    post(entry(day, JournalEntry.Kind.BUY, symbol, lot.shares())
        .cash(minus(lot.cost()))
        .positions(lot.cost())
        .note("held at the start"));
  }

  /** Puts money in. */
  public void deposit(Money money, LocalDate day, String note) {
    if (balance.cash().plus(money).isNegative()) {
      throw new QilinException(
          ErrorCode.INSUFFICIENT_CASH,
          "the account has " + balance.cash() + " yuan, it cannot pay out " + minus(money));
    }
    post(new JournalDraft(day, JournalEntry.Kind.DEPOSIT, Optional.empty(), 0)
        .cash(money)
        .deposits(money)
        .note(note));
  }

  /**
   * Books a purchase.
   *
   * @param amount price times shares
   * @param cost fees of the purchase
   * @param sellableFrom first trading day on which the shares may be sold
   * @throws QilinException INVALID_ARGUMENT unless shares and amount are positive;
   *     INSUFFICIENT_CASH if the cash does not pay for it
   */
  public void buy(
      LocalDate day,
      Symbol symbol,
      long shares,
      Money amount,
      TradeCost cost,
      LocalDate sellableFrom,
      String note) {
    requirePositive(shares, amount);
    Money total = amount.plus(cost.total());
    requireCash(total, day, symbol);
    Money fees = cost.total().minus(cost.stampTax());
    post(entry(day, JournalEntry.Kind.BUY, symbol, shares)
        .cash(minus(total))
        .positions(amount)
        .fees(fees)
        .taxes(cost.stampTax())
        .note(note));
    add(symbol, new Lot(shares, amount, cost.total(), day, sellableFrom, List.of()));
  }

  /**
   * Books a sale of the shares held longest.
   *
   * @param amount price times shares
   * @param cost fees and stamp tax of the sale
   * @return what the sale brought beyond the purchase, in fen: amount − fees and taxes of the sale −
   *     cost and fees of the purchase of those shares; dividend tax left out
   * @throws QilinException INVALID_ARGUMENT unless shares and amount are positive; POSITION if fewer
   *     are sellable on the day; INSUFFICIENT_CASH if the proceeds and the cash do not pay the costs
   */
  public Money sell(
      LocalDate day, Symbol symbol, long shares, Money amount, TradeCost cost, String note) {
    requirePositive(shares, amount);
    Position position = positions.get(symbol);
    long sellable = position == null ? 0 : position.sellable(day);
    if (position == null || shares > sellable) {
      throw new QilinException(
          ErrorCode.POSITION,
          shares + " shares of " + symbol + " cannot be sold on " + day + "; " + sellable + " of "
              + shares(symbol) + " held are sellable (T+1)");
    }
    Sale sale = Sale.of(position, shares, day);
    Money income = amount.minus(cost.total()).minus(sale.dividendTax());
    requireCash(minus(income), day, symbol);
    post(entry(day, JournalEntry.Kind.SELL, symbol, -shares)
        .cash(amount.minus(cost.total()))
        .positions(minus(sale.cost()))
        .fees(cost.total().minus(cost.stampTax()))
        .taxes(cost.stampTax())
        .profit(amount.minus(sale.cost()))
        .note(note));
    if (!sale.dividendTax().equals(Money.ZERO)) {
      post(entry(day, JournalEntry.Kind.DIVIDEND_TAX, symbol, 0)
          .cash(minus(sale.dividendTax()))
          .taxes(sale.dividendTax()));
    }
    sale.take(position, shares, day);
    drop(symbol, position);
    return amount.minus(cost.total()).minus(sale.cost()).minus(sale.fees());
  }

  /**
   * Books a cash dividend.
   *
   * @param perShare yuan per share before tax
   * @param tax the tax that will fall due when the shares are sold
   */
  public void dividend(LocalDate day, Symbol symbol, BigDecimal perShare, DividendTax tax) {
    Position position = positions.get(symbol);
    if (position == null || perShare.signum() <= 0) {
      return;
    }
    Money gross = Money.ofYuan(perShare.multiply(BigDecimal.valueOf(position.shares())));
    for (int i = 0; i < position.lots().size(); i++) {
      Lot lot = position.lots().get(i);
      List<Lot.Dividend> all = new ArrayList<>(lot.dividends());
      all.add(new Lot.Dividend(perShare, tax));
      position.replace(
          i,
          new Lot(
              lot.shares(),
              lot.cost(),
              lot.fees(),
              lot.acquired(),
              lot.sellableFrom(),
              List.copyOf(all)));
    }
    post(entry(day, JournalEntry.Kind.DIVIDEND, symbol, 0)
        .cash(gross)
        .profit(gross)
        .note(perShare.toPlainString() + " yuan per share before tax"));
  }

  /**
   * Books cash that stands for a fall of the reference price which no corporate action explains.
   * It is not taxed.
   */
  void impliedCash(LocalDate day, Symbol symbol, BigDecimal perShare, String note) {
    Position position = positions.get(symbol);
    if (position == null || perShare.signum() <= 0) {
      return;
    }
    Money gross = Money.ofYuan(perShare.multiply(BigDecimal.valueOf(position.shares())));
    post(entry(day, JournalEntry.Kind.IMPLIED, symbol, 0)
        .cash(gross)
        .profit(gross)
        .note(note));
  }

  /**
   * Books bonus shares.
   *
   * @param entitled shares held at the close before the ex-date
   * @param ratio new shares per share; fractions of a share lapse
   * @param sellableFrom first day on which the new shares may be sold
   */
  public void bonus(
      LocalDate day, Symbol symbol, long entitled, BigDecimal ratio, LocalDate sellableFrom) {
    long added = part(entitled, ratio);
    if (added > 0) {
      post(entry(day, JournalEntry.Kind.BONUS, symbol, added)
          .note(ratio.toPlainString() + " per share"));
      add(symbol, new Lot(added, Money.ZERO, Money.ZERO, day, sellableFrom, List.of()));
    }
  }

  /**
   * Buys the shares that a rights issue offers, if the cash pays for all of them.
   *
   * @param entitled shares held at the close before the ex-date
   * @param action the rights issue
   * @param sellableFrom first day on which the new shares may be sold
   * @return whether they were bought; false also if nothing was offered
   */
  public boolean subscribe(
      LocalDate day, long entitled, CorporateAction action, LocalDate sellableFrom) {
    long offered = part(entitled, action.rightsRatio());
    Money price = Money.ofYuan(action.rightsPrice().multiply(BigDecimal.valueOf(offered)));
    if (offered == 0 || price.compareTo(balance.cash()) > 0) {
      return false;
    }
    post(entry(day, JournalEntry.Kind.RIGHTS, action.symbol(), offered)
        .cash(minus(price))
        .positions(price));
    add(action.symbol(), new Lot(offered, price, Money.ZERO, day, sellableFrom, List.of()));
    return true;
  }

  /**
   * Ends a position because its listing ended.
   *
   * @param perShare what is still paid for a share, zero or more
   */
  public void delist(LocalDate day, Symbol symbol, Money perShare) {
    if (perShare.isNegative()) {
      throw QilinException.invalid(
          "what is paid for a share of " + symbol + " is not negative, was " + perShare);
    }
    Position position = positions.remove(symbol);
    if (position == null) {
      return;
    }
    Money cost = Money.ZERO;
    for (Lot lot : position.lots()) {
      cost = cost.plus(lot.cost());
    }
    Money paid = perShare.times(position.shares());
    post(entry(day, JournalEntry.Kind.DELISTING, symbol, -position.shares())
        .cash(paid)
        .positions(minus(cost))
        .profit(paid.minus(cost)));
  }

  /** Cash that can buy. */
  public Money cash() {
    return balance.cash();
  }

  /** Shares held. */
  public long shares(Symbol symbol) {
    Position position = positions.get(symbol);
    return position == null ? 0 : position.shares();
  }

  /** Shares that may be sold on the day. */
  public long sellable(Symbol symbol, LocalDate day) {
    Position position = positions.get(symbol);
    return position == null ? 0 : position.sellable(day);
  }

  /** The tax on dividends that falls due if so many of the shares longest held are sold on the day. */
  public Money dividendTax(Symbol symbol, long shares, LocalDate day) {
    Position position = positions.get(symbol);
    return position == null ? Money.ZERO : Sale.of(position, shares, day).dividendTax();
  }

  /** The shares held, valued at their marks, half up to the fen each. */
  public Money value() {
    Money sum = Money.ZERO;
    for (Position position : positions.values()) {
      sum = sum.plus(position.value());
    }
    return sum;
  }

  /** Cash and shares. */
  public Money equity() {
    return balance.cash().plus(value());
  }

  /**
   * Values a share at a price from now on.
   *
   * @param mills price in thousandths of a yuan, not negative
   */
  public void mark(Symbol symbol, long mills) {
    Position position = positions.get(symbol);
    if (position != null) {
      position.mark(mills);
    }
  }

  /** The account as a strategy sees it. */
  public Portfolio portfolio() {
    Map<Symbol, List<Holding>> holdings = new TreeMap<>();
    positions.forEach((symbol, position) -> holdings.put(symbol, position.holdings()));
    return new Portfolio(balance.cash(), holdings);
  }

  /** Every change, oldest first: a view that grows with the ledger. */
  public List<JournalEntry> journal() {
    return Collections.unmodifiableList(journal);
  }

  /** The sums of the journal. */
  public Balance balance() {
    return balance;
  }

  Map<Symbol, Position> positions() {
    return positions;
  }

  /** Positions opened from now on carry this number of the day. */
  void startDay(int number) {
    daysOpened = number;
  }

  private Position position(Symbol symbol) {
    return positions.computeIfAbsent(symbol, s -> new Position(daysOpened));
  }

  private void add(Symbol symbol, Lot lot) {
    position(symbol).add(lot);
  }

  private void drop(Symbol symbol, Position position) {
    if (position.shares() == 0) {
      positions.remove(symbol);
    }
  }

  private void requireCash(Money needed, LocalDate day, Symbol symbol) {
    if (needed.compareTo(balance.cash()) > 0) {
      throw new QilinException(
          ErrorCode.INSUFFICIENT_CASH,
          "the account has " + balance.cash() + " yuan on " + day + ", the trade in " + symbol
              + " takes " + needed);
    }
  }

  private static void requirePositive(long shares, Money amount) {
    if (shares <= 0 || amount.fen() <= 0) {
      throw QilinException.invalid(
          "a trade has a positive number of shares and amount, were " + shares + " and " + amount);
    }
  }

  private static long part(long shares, BigDecimal ratio) {
    BigDecimal part = ratio.multiply(BigDecimal.valueOf(shares)).setScale(0, RoundingMode.DOWN);
    if (part.compareTo(MOST_SHARES) > 0) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          ratio.toPlainString() + " new shares for each of " + shares + " are more than "
              + MOST_SHARES);
    }
    return part.longValueExact();
  }

  static Money minus(Money money) {
    return Money.ZERO.minus(money);
  }

  private static JournalDraft entry(
      LocalDate day, JournalEntry.Kind kind, Symbol symbol, long shares) {
    return new JournalDraft(day, kind, Optional.of(symbol), shares);
  }

  private void post(JournalDraft draft) {
    JournalEntry entry = draft.numbered(journal.size() + 1);
    balance = balance.plus(entry);
    journal.add(entry);
  }
}

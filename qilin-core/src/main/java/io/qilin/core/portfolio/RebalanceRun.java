package io.qilin.core.portfolio;

import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import io.qilin.core.risk.BuyingPower;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.DatedRules;
import io.qilin.core.rules.Fees;
import io.qilin.core.rules.LotRule;
import io.qilin.core.rules.MarketRuleBook;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** One call of {@link Rebalance#plan}. */
final class RebalanceRun {
  private final Rebalance settings;
  private final Panel history;
  private final Portfolio portfolio;
  private final TargetWeights target;
  private final Map<Symbol, String> reasons;
  private final DatedRules rules;
  private final Optional<LocalDate> session;
  private final Map<Symbol, LastPrice> prices = new TreeMap<>();
  private final List<PlannedOrder> orders = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private BigDecimal equity = BigDecimal.ZERO;
  private Money purse = Money.ZERO;

  RebalanceRun(
      Rebalance settings,
      Panel history,
      Portfolio portfolio,
      TargetWeights target,
      Map<Symbol, String> reasons) {
    this.settings = settings;
    this.history = history;
    this.portfolio = portfolio;
    this.target = target;
    this.reasons = reasons;
    rules = MarketRuleBook.aShare().at(history.lastDay());
    session = settings.calendar.map(calendar -> calendar.next(history.lastDay()));
  }

  RebalancePlan plan() {
    TreeSet<Symbol> all = new TreeSet<>(target.weights().keySet());
    all.addAll(portfolio.holdings().keySet());
    all.forEach(
        symbol -> LastPrice.of(history, symbol).ifPresent(price -> prices.put(symbol, price)));
    equity = portfolio.cash().yuan();
    for (Symbol symbol : portfolio.holdings().keySet()) {
      LastPrice price = prices.get(symbol);
      equity = price == null ? equity : equity.add(price.value(portfolio.shares(symbol)));
    }
    Money reserve = Money.ofYuan(equity.multiply(BigDecimal.valueOf(settings.cashBuffer)));
    purse = portfolio.cash().minus(reserve);
    List<Trade> wanted = new ArrayList<>();
    all.forEach(symbol -> wanted(symbol).ifPresent(wanted::add));
    wanted.stream().filter(trade -> trade.change() < 0).forEach(this::sell);
    wanted.stream()
        .filter(trade -> trade.change() > 0)
        .sorted(Comparator.comparingDouble((Trade trade) -> -target.of(trade.symbol()))
            .thenComparing(Trade::symbol))
        .forEach(this::buy);
    return new RebalancePlan(orders, leftOut, Money.ofYuan(equity));
  }

  /** A change that is worth making, in shares that need not be a size that the exchange takes. */
  private record Trade(
      Symbol symbol, LastPrice price, long held, long change, BoardRules rule, Fees fees) {}

  private Optional<Trade> wanted(Symbol symbol) {
    LastPrice price = prices.get(symbol);
    if (price == null) {
      return out(symbol, RejectReason.NO_PRICE, "no raw close is known");
    }
    Optional<BoardRules> rule = rules.ruleOf(symbol, Optional.empty());
    if (rule.isEmpty()) {
      return out(
          symbol,
          RejectReason.UNKNOWN_SYMBOL,
          "neither an A-share nor a fund of a board that is open on " + history.lastDay());
    }
    long held = portfolio.shares(symbol);
    BoardRules board = rule.get();
    long goal = goal(symbol, price, board.lots().step());
    if (goal == held || !worthwhile(symbol, price, held, goal)) {
      return Optional.empty();
    }
    if (!price.fresh()) {
      return out(
          symbol,
          RejectReason.SUSPENDED,
          "did not trade on " + history.lastDay() + ", wanted " + goal + " shares, holds " + held);
    }
    Fees fees = rules.fees(board.board(), settings.commission);
    return Optional.of(new Trade(symbol, price, held, goal - held, board, fees));
  }

  private Optional<Trade> out(Symbol symbol, RejectReason reason, String message) {
    leftOut.add(new LeftOut(symbol, reason, message));
    return Optional.empty();
  }

  /** Whole steps of the value that the share is to have. */
  private long goal(Symbol symbol, LastPrice price, long step) {
    BigDecimal value = equity
        .multiply(BigDecimal.ONE.subtract(BigDecimal.valueOf(settings.cashBuffer)))
        .multiply(BigDecimal.valueOf(target.of(symbol)));
    BigDecimal shares = value.divide(price.yuan(), 0, RoundingMode.DOWN);
    long whole = shares.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    return whole - whole % step;
  }

  private boolean worthwhile(Symbol symbol, LastPrice price, long held, long goal) {
    if (target.of(symbol) == 0) {
      return true;
    }
    BigDecimal value = price.value(Math.abs(goal - held));
    return value.compareTo(settings.minimumTrade.yuan()) >= 0
        && value.compareTo(equity.multiply(BigDecimal.valueOf(settings.band))) > 0;
  }

  private void sell(Trade trade) {
    Symbol symbol = trade.symbol();
    long sellable = session.map(day -> portfolio.sellable(symbol, day)).orElse(trade.held());
    long wanted = -trade.change();
    long left = Math.min(wanted, sellable);
    long kept = trade.held();
    while (left > 0) {
      long shares = sellSize(left, kept, trade.rule().lots());
      if (shares == 0) {
        break;
      }
      add(trade, Side.SELL, shares);
      Money amount = Money.ofYuan(trade.price().value(shares));
      purse =
          purse.plus(amount).minus(trade.fees().of(Side.SELL, amount, shares).total());
      kept -= shares;
      left -= shares;
    }
    long undone = wanted - (trade.held() - kept);
    if (sellable < wanted) {
      out(
          symbol,
          RejectReason.NOT_SELLABLE,
          undone + " of " + wanted + " shares stay: only " + sellable
              + " may be sold in the next session");
    } else if (undone > 0) {
      out(
          symbol,
          RejectReason.LOT_SIZE,
          undone + " of " + wanted + " shares stay: the board does not take a sale of that size");
    }
  }

  /** The largest sale that the board takes, 0 if it takes none. */
  private static long sellSize(long wanted, long held, LotRule lots) {
    long most = Math.min(wanted, lots.maxLimitOrder());
    if (lots.allowsSell(most, held)) {
      return most;
    }
    long whole = most - most % lots.step();
    return lots.allowsSell(whole, held) ? whole : 0;
  }

  private void buy(Trade trade) {
    LotRule lots = trade.rule().lots();
    long left = trade.change();
    if (lots.floorBuy(left) == 0) {
      out(
          trade.symbol(),
          RejectReason.LOT_SIZE,
          left + " shares to buy are fewer than the smallest order of " + lots.minBuy());
      return;
    }
    long affordable = lots.minBuy();
    while (lots.floorBuy(left) > 0 && affordable > 0) {
      long size = lots.floorBuy(left);
      affordable =
          Math.min(size, BuyingPower.shares(purse, trade.price().yuan(), lots, trade.fees()));
      if (affordable > 0) {
        add(trade, Side.BUY, affordable);
        purse = purse.minus(BuyingPower.cost(trade.price().yuan(), affordable, trade.fees()));
      }
      if (affordable < size) {
        out(
            trade.symbol(),
            RejectReason.INSUFFICIENT_FUNDS,
            left - affordable
                + " of " + trade.change() + " shares are not ordered: " + purse.max(Money.ZERO)
                + " yuan are left for them");
        affordable = 0;
      }
      left -= affordable;
    }
  }

  private void add(Trade trade, Side side, long shares) {
    Symbol symbol = trade.symbol();
    double account = equity.doubleValue();
    double held = trade.price().value(trade.held()).doubleValue() / account;
    String text = String.format(
        Locale.ROOT, "%.2f %% of the account, target %.2f %%", held * 100, target.of(symbol) * 100);
    String why = reasons.get(symbol);
    orders.add(PlannedOrder.of(symbol, side, shares, why == null ? text : text + ": " + why)
        .in(settings.phase));
  }
}

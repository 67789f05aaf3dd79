package io.qilin.core.backtest;

import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import io.qilin.core.backtest.Execution.Refusal;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.Settlement;
import io.qilin.core.rules.TradeCost;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Takes the orders of one session to the exchange and books what is filled: the one place where
 * simulator and ledger meet. A purchase that the cash does not pay for with its fees is cut to the
 * lots that it pays for. Not thread-safe; one object a session.
 */
public final class Broker {
  private final ExchangeSimulator exchange;
  private final Ledger ledger;
  private final LocalDate session;
  private final Map<Symbol, Long> bought = new HashMap<>();
  private final Map<Symbol, Long> traded = new HashMap<>();
  /** Shares traded by share and minute, which count for the share of that minute's volume. */
  private final Map<Symbol, Map<Integer, Long>> minutes = new HashMap<>();

  /**
   * A broker for one session.
   *
   * @param session the trading day
   */
  public Broker(ExchangeSimulator exchange, Ledger ledger, LocalDate session) {
    this.exchange = Objects.requireNonNull(exchange, "exchange");
    this.ledger = Objects.requireNonNull(ledger, "ledger");
    this.session = Objects.requireNonNull(session, "session");
  }

  /**
   * What was filled of an order and booked.
   *
   * @param execution the fills, and what stood against the rest
   * @param cost the fees and the stamp tax; empty if nothing was filled
   * @param profit of a sale: what it brought beyond the purchase with its fees; empty for a purchase
   */
  public record Booked(Execution execution, Optional<TradeCost> cost, Optional<Money> profit) {
    /** Checks that every part is there. */
    public Booked {
      Objects.requireNonNull(execution, "execution");
      Objects.requireNonNull(cost, "cost");
      Objects.requireNonNull(profit, "profit");
    }
  }

  /** Sends an order and books its fills. */
  public Booked send(PlannedOrder order) {
    Symbol symbol = order.symbol();
    OrderAccount account = new OrderAccount(
        ledger.shares(symbol),
        ledger.sellable(symbol, session),
        bought.getOrDefault(symbol, 0L),
        traded.getOrDefault(symbol, 0L));
    Map<Integer, Long> taken = minutes.getOrDefault(symbol, Map.of());
    Execution execution =
        exchange.execute(order, session, account, minute -> taken.getOrDefault(minute, 0L));
    if (execution.filled() == 0) {
      return new Booked(execution, Optional.empty(), Optional.empty());
    }
    return order.side() == Side.BUY ? buy(execution) : sell(execution);
  }

  private Booked sell(Execution execution) {
    Symbol symbol = execution.order().symbol();
    Money amount = execution.amount();
    TradeCost cost = exchange.cost(symbol, Side.SELL, session, amount, execution.filled());
    Money proceeds = ledger
        .cash()
        .plus(amount)
        .minus(cost.total())
        .minus(ledger.dividendTax(symbol, execution.filled(), session));
    if (proceeds.isNegative()) {
      Refusal refusal = new Refusal(
          RejectReason.INSUFFICIENT_FUNDS,
          "costs and dividend tax are more than the sale of " + amount
              + " yuan brings and the cash holds");
      return new Booked(
          Execution.refused(execution.order(), refusal), Optional.empty(), Optional.empty());
    }
    Money profit = ledger.sell(
        session, symbol, execution.filled(), amount, cost, execution.order().reason());
    count(execution);
    return new Booked(execution, Optional.of(cost), Optional.of(profit));
  }

  private Booked buy(Execution wanted) {
    Symbol symbol = wanted.order().symbol();
    Execution execution = affordable(wanted);
    if (execution.filled() == 0) {
      return new Booked(execution, Optional.empty(), Optional.empty());
    }
    long shares = execution.filled();
    Money amount = execution.amount();
    TradeCost cost = exchange.cost(symbol, Side.BUY, session, amount, shares);
    ledger.buy(
        session,
        symbol,
        shares,
        amount,
        cost,
        sellableFrom(symbol),
        execution.order().reason());
    bought.merge(symbol, shares, Long::sum);
    count(execution);
    return new Booked(execution, Optional.of(cost), Optional.empty());
  }

  private void count(Execution execution) {
    Symbol symbol = execution.order().symbol();
    traded.merge(symbol, execution.filled(), Long::sum);
    Map<Integer, Long> own = minutes.computeIfAbsent(symbol, s -> new HashMap<>());
    execution.fills().forEach(part -> own.merge(part.minute(), part.shares(), Long::sum));
  }

  private Execution affordable(Execution wanted) {
    if (isPaid(wanted)) {
      return wanted;
    }
    long step = rules(wanted.order().symbol()).lots().step();
    long least = rules(wanted.order().symbol()).lots().minBuy();
    Refusal why = new Refusal(
        RejectReason.INSUFFICIENT_FUNDS,
        "the account has " + ledger.cash() + " yuan, " + wanted.filled() + " shares of "
            + wanted.order().symbol() + " cost " + wanted.amount() + " and their fees");
    long low = 0;
    long high = wanted.filled() / step;
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      boolean paid = isPaid(wanted.cut(middle * step, why));
      low = paid ? middle : low;
      high = paid ? high : middle - 1;
    }
    long shares = low * step < least ? 0 : low * step;
    return wanted.cut(shares, why);
  }

  private boolean isPaid(Execution execution) {
    Money amount = execution.amount();
    TradeCost cost = exchange.cost(
        execution.order().symbol(), Side.BUY, session, amount, Math.max(1, execution.filled()));
    return amount.plus(cost.total()).compareTo(ledger.cash()) <= 0;
  }

  private LocalDate sellableFrom(Symbol symbol) {
    Panel panel = exchange.panel();
    return rules(symbol).settlement() == Settlement.T_PLUS_0
        ? session
        : Calendars.next(panel.days(), panel.indexOf(session));
  }

  private BoardRules rules(Symbol symbol) {
    Panel panel = exchange.panel();
    return exchange.facts().rules(panel.indexOf(symbol), panel.indexOf(session)).orElseThrow();
  }
}

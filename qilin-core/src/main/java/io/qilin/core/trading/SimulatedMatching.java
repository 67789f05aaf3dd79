package io.qilin.core.trading;

import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.trading.ExecutionPhase;
import io.qilin.api.trading.Fill;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.OrderState;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Rejection;
import io.qilin.api.trading.Side;
import io.qilin.core.backtest.Broker;
import io.qilin.core.backtest.ExchangeSimulator;
import io.qilin.core.backtest.Execution;
import io.qilin.core.backtest.Ledger;
import io.qilin.core.backtest.OrderAccount;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Trades paper orders as a backtest trades its own: the same {@link ExchangeSimulator} over the same
 * bars, the same {@link Ledger}, the same fees. A paper account that gets the orders of a backtest
 * ends with its cash and its holdings to the fen.
 *
 * <p>An order is refused on arrival if it breaks a rule of the exchange, or if cash or sellable
 * shares do not suffice beside the claims of the open orders; a purchase claims its shares at its
 * limit price with fees. An order that the market does not fill (sealed limit, price not reached,
 * too little volume) rests for the session.
 *
 * <p>What the ledger needs between two sessions, ex-dates above all, the caller books before
 * {@link PaperBroker#startSession}. Not thread-safe; the paper broker guards it.
 */
public final class SimulatedMatching implements Matching {
  /** What the market does to an order, where every other reason lies in the order or the account. */
  private static final Set<RejectReason> MARKET = EnumSet.of(
      RejectReason.LIMIT_UP,
      RejectReason.LIMIT_DOWN,
      RejectReason.NOT_REACHED,
      RejectReason.VOLUME);

  private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

  private final ExchangeSimulator exchange;
  private final Ledger ledger;
  private final ExecutionPhase phase;
  private final Map<Symbol, Long> bought = new HashMap<>();
  private final Map<Symbol, Long> traded = new HashMap<>();
  private Optional<Session> session = Optional.empty();

  private record Session(LocalDate day, Broker broker) {}

  /**
   * A market and an account before their first session.
   *
   * @param exchange the market
   * @param ledger the account; nobody else may use it during a session
   * @param phase the part of the session in which orders are filled
   */
  public SimulatedMatching(ExchangeSimulator exchange, Ledger ledger, ExecutionPhase phase) {
    this.exchange = Objects.requireNonNull(exchange, "exchange");
    this.ledger = Objects.requireNonNull(ledger, "ledger");
    this.phase = Objects.requireNonNull(phase, "phase");
  }

  @Override
  public void startSession(LocalDate day) {
    session = Optional.of(new Session(day, new Broker(exchange, ledger, day)));
    bought.clear();
    traded.clear();
  }

  @Override
  public void endSession() {
    session = Optional.empty();
  }

  @Override
  public Optional<Rejection> refusal(Order order, List<OrderState> open) {
    if (session.isEmpty()) {
      return Optional.of(
          Rejection.of(RejectReason.SESSION_CLOSED, "no session runs; start the next one"));
    }
    LocalDate day = session.get().day();
    Execution trial =
        exchange.execute(planned(order, order.shares()), day, account(order.symbol(), day));
    Optional<Rejection> rule = trial
        .refusal()
        .filter(refusal -> !MARKET.contains(refusal.reason()))
        .map(refusal -> Rejection.of(refusal.reason(), refusal.message()));
    if (rule.isPresent()) {
      return rule;
    }
    return order.side() == Side.BUY ? unpaid(order, open, day) : claimed(order, open, day);
  }

  private Optional<Rejection> unpaid(Order order, List<OrderState> open, LocalDate day) {
    Money available = ledger.cash();
    for (OrderState state : open) {
      if (state.order().side() == Side.BUY) {
        available = available.minus(needed(state.order(), state.remainingShares(), day));
      }
    }
    Money required = needed(order, order.shares(), day);
    return required.compareTo(available) > 0
        ? Optional.of(Rejection.insufficientFunds(required, available.max(Money.ZERO)))
        : Optional.empty();
  }

  private Money needed(Order order, long shares, LocalDate day) {
    Money amount = Money.ofYuan(order.price().multiply(BigDecimal.valueOf(shares)));
    return amount.plus(
        exchange.cost(order.symbol(), Side.BUY, day, amount, shares).total());
  }

  private Optional<Rejection> claimed(Order order, List<OrderState> open, LocalDate day) {
    long sellable = ledger.sellable(order.symbol(), day);
    for (OrderState state : open) {
      if (state.order().side() == Side.SELL && state.order().symbol().equals(order.symbol())) {
        sellable -= state.remainingShares();
      }
    }
    return order.shares() > sellable
        ? Optional.of(Rejection.of(
            RejectReason.NOT_SELLABLE,
            order.shares() + " shares of " + order.symbol() + " cannot be sold on " + day + "; "
                + sellable + " are sellable beside the open orders"))
        : Optional.empty();
  }

  @Override
  public List<Fill> trade(Order order, long remaining) {
    if (session.isEmpty()) {
      return List.of();
    }
    Session now = session.get();
    Broker.Booked booked = now.broker().send(planned(order, remaining));
    Execution execution = booked.execution();
    Symbol symbol = order.symbol();
    traded.merge(symbol, execution.filled(), Long::sum);
    if (order.side() == Side.BUY) {
      bought.merge(symbol, execution.filled(), Long::sum);
    }
    Money fees = booked.cost().map(cost -> cost.total()).orElse(Money.ZERO);
    return fills(execution, fees, now.day());
  }

  /** The fills; the fees were charged on their sum and stand with the last of them. */
  private static List<Fill> fills(Execution execution, Money fees, LocalDate day) {
    List<Fill> fills = new ArrayList<>();
    int last = execution.fills().size() - 1;
    for (int i = 0; i <= last; i++) {
      Execution.Part part = execution.fills().get(i);
      Instant at = day.atTime(LocalTime.MIDNIGHT.plusMinutes(part.minute())).toInstant(CHINA);
      BigDecimal price = BigDecimal.valueOf(part.mills(), 3);
      fills.add(new Fill(at, price, part.shares(), i == last ? fees : Money.ZERO));
    }
    return List.copyOf(fills);
  }

  @Override
  public Portfolio portfolio() {
    return ledger.portfolio();
  }

  private PlannedOrder planned(Order order, long shares) {
    return new PlannedOrder(
        order.symbol(), order.side(), shares, Optional.of(order.price()), phase, "paper order");
  }

  private OrderAccount account(Symbol symbol, LocalDate day) {
    return new OrderAccount(
        ledger.shares(symbol),
        ledger.sellable(symbol, day),
        bought.getOrDefault(symbol, 0L),
        traded.getOrDefault(symbol, 0L));
  }
}

package io.qilin.core.trading;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.trading.BrokerGateway;
import io.qilin.api.trading.ClientOrderId;
import io.qilin.api.trading.Fill;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.OrderAck;
import io.qilin.api.trading.OrderState;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Rejection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A broker that trades on paper: orders meet a {@link Matching} instead of an exchange. What does not
 * trade at once stays open until {@link #rematch} finds a price for it or {@link #endSession} ends it.
 * {@link SimulatedMatching} fills it from bars by the exchange's rules, as a backtest does.
 *
 * <p>Ids are known for the session in which they came and the one after it. A session takes at most
 * {@value #MOST_ORDERS} orders and refuses the rest with {@link RejectReason#REFUSED}.
 *
 * <p>Thread-safe: all state, that of the matching included, is guarded by this object's lock.
 */
public final class PaperBroker implements BrokerGateway {
  /** How many orders a session takes at most. */
  public static final int MOST_ORDERS = 100_000;

  private final Matching matching;
  private final Map<ClientOrderId, OrderState> open = new LinkedHashMap<>();
  private Map<ClientOrderId, OrderState> session = new LinkedHashMap<>();
  private Map<ClientOrderId, OrderState> sessionBefore = Map.of();
  private boolean connected;
  private boolean closed;

  /**
   * A broker that is not connected yet.
   *
   * @param matching the exchange and the account; nobody else may use it from now on
   */
  public PaperBroker(Matching matching) {
    this.matching = Objects.requireNonNull(matching, "matching");
  }

  @Override
  public synchronized void connect() {
    if (closed) {
      throw QilinException.invalid("the paper broker is closed; make a new one");
    }
    connected = true;
  }

  @Override
  public synchronized boolean connected() {
    return connected;
  }

  @Override
  public synchronized OrderAck submit(ClientOrderId id, Order order) {
    Objects.requireNonNull(order, "order");
    Optional<OrderState> first = query(id);
    if (first.isPresent()) {
      return again(first.get(), order);
    }
    Optional<Rejection> refusal = session.size() == MOST_ORDERS
        ? Optional.of(Rejection.of(
            RejectReason.REFUSED,
            "the session has " + MOST_ORDERS + " orders already; end it before more are sent"))
        : matching.refusal(order, List.copyOf(open.values()));
    if (refusal.isPresent()) {
      Rejection why = refusal.get();
      if (!why.reason().isTransient() && session.size() < MOST_ORDERS) {
        session.put(id, OrderState.rejected(id, order, why));
      }
      return OrderAck.rejected(why);
    }
    return OrderAck.accepted(traded(OrderState.working(id, order, List.of())));
  }

  private static OrderAck again(OrderState first, Order order) {
    if (!first.order().equals(order)) {
      return OrderAck.rejected(Rejection.of(
          RejectReason.DUPLICATE_ID,
          "the id " + first.id() + " is that of " + first.order() + "; give " + order
              + " its own"));
    }
    return first.status() == OrderState.Status.REJECTED
        ? OrderAck.rejected(first.rejection().orElseThrow())
        : OrderAck.accepted(first);
  }

  /** The order after what trades of it now. */
  private OrderState traded(OrderState before) {
    List<Fill> fills = new ArrayList<>(before.fills());
    fills.addAll(matching.trade(before.order(), before.remainingShares()));
    OrderState after = OrderState.working(before.id(), before.order(), fills);
    keep(after);
    return after;
  }

  private void keep(OrderState state) {
    session.put(state.id(), state);
    if (state.status().isOpen()) {
      open.put(state.id(), state);
    } else {
      open.remove(state.id());
    }
  }

  @Override
  public synchronized Optional<OrderState> query(ClientOrderId id) {
    Objects.requireNonNull(id, "id");
    requireConnection();
    OrderState state = session.get(id);
    return Optional.ofNullable(state != null ? state : sessionBefore.get(id));
  }

  @Override
  public synchronized Optional<OrderState> cancel(ClientOrderId id) {
    Optional<OrderState> state = query(id);
    if (state.isEmpty() || !state.get().status().isOpen()) {
      return state;
    }
    OrderState ended = state.get().cancelled(Optional.empty());
    keep(ended);
    return Optional.of(ended);
  }

  @Override
  public synchronized List<OrderState> openOrders() {
    requireConnection();
    return List.copyOf(open.values());
  }

  @Override
  public synchronized Portfolio portfolio() {
    requireConnection();
    return matching.portfolio();
  }

  /**
   * Trades what can be traded of the open orders, oldest first: to be called when the matching has
   * new prices. Needs no connection, as an exchange needs none.
   *
   * @return the orders of which something was traded, as they stand now
   */
  public synchronized List<OrderState> rematch() {
    List<OrderState> changed = new ArrayList<>();
    for (OrderState before : List.copyOf(open.values())) {
      OrderState after = traded(before);
      if (after.fills().size() > before.fills().size()) {
        changed.add(after);
      }
    }
    return List.copyOf(changed);
  }

  /**
   * Goes to the next session; ends the one before if it still runs. The orders of the session before
   * that one are forgotten. Needs no connection, as an exchange needs none.
   *
   * @param day the trading day
   */
  public synchronized void startSession(LocalDate day) {
    Objects.requireNonNull(day, "day");
    endSession();
    sessionBefore = session;
    session = new LinkedHashMap<>();
    matching.startSession(day);
  }

  /**
   * Ends the session: what is open is cancelled, as an order is good for one day.
   *
   * @return all orders of the session as they ended, in the order in which they came
   */
  public synchronized List<OrderState> endSession() {
    matching.endSession();
    for (OrderState state : List.copyOf(open.values())) {
      keep(state.cancelled(Optional.of(
          Rejection.of(RejectReason.SESSION_CLOSED, "the session ended before it was filled"))));
    }
    return List.copyOf(session.values());
  }

  @Override
  public synchronized void close() {
    connected = false;
    closed = true;
  }

  private void requireConnection() {
    if (!connected) {
      throw new QilinException(
          ErrorCode.NETWORK, "the paper broker is not connected; call connect() first");
    }
  }
}

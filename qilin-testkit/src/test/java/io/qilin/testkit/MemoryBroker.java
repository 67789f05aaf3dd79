package io.qilin.testkit;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.trading.BrokerGateway;
import io.qilin.api.trading.ClientOrderId;
import io.qilin.api.trading.Fill;
import io.qilin.api.trading.Holding;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.OrderAck;
import io.qilin.api.trading.OrderState;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Rejection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A correct broker at which one lot of a purchase at 10 yuan or more is filled at 10, a cheaper one rests, and one of
 * another size is refused. Its overridable parts are where the tests put defects.
 */
class MemoryBroker implements BrokerGateway {
  static final Order FILLED = order("10.00", 100);
  static final Order RESTING = order("9.00", 100);
  static final Order REFUSED = order("10.00", 150);

  private static final BigDecimal PRICE = new BigDecimal("10.00");
  private static final LocalDate NEXT = LocalDate.of(2024, 1, 3);

  private final Map<ClientOrderId, OrderState> orders = new LinkedHashMap<>();
  private final Map<Symbol, List<Holding>> holdings = new TreeMap<>();
  private Money cash = Money.parse("1000000");
  private boolean connected;
  private boolean closed;

  static Order order(String price, long shares) {
    return new Order(Panels.SYMBOL, io.qilin.api.trading.Side.BUY, new BigDecimal(price), shares);
  }

  /** The fee of a fill. */
  Money fee() {
    return Money.parse("5");
  }

  /** What is charged for a fill. */
  Money charged(Fill fill) {
    return fill.amount().plus(fill.fees());
  }

  /** What is known of an order that comes again. */
  Optional<OrderState> first(ClientOrderId id) {
    return Optional.ofNullable(orders.get(id));
  }

  /** The answer to an order that comes again. */
  OrderAck again(OrderState first, Order order) {
    if (!first.order().equals(order)) {
      return OrderAck.rejected(Rejection.of(RejectReason.DUPLICATE_ID, "another order has the id"));
    }
    return first.rejection().isPresent() && first.fills().isEmpty()
        ? OrderAck.rejected(first.rejection().get())
        : OrderAck.accepted(first);
  }

  /** Why an order of another size is refused. */
  Rejection refusal() {
    return Rejection.of(RejectReason.LOT_SIZE, "100 shares, no more and no less");
  }

  /** Whether a refused order can be asked for. */
  boolean keepsRefused() {
    return true;
  }

  /** Whether a call without a connection is refused. */
  void requireConnection() {
    if (!connected) {
      throw new QilinException(ErrorCode.NETWORK, "not connected");
    }
  }

  @Override
  public synchronized void connect() {
    if (closed) {
      throw QilinException.invalid("closed");
    }
    connected = true;
  }

  @Override
  public synchronized boolean connected() {
    return connected;
  }

  @Override
  public synchronized OrderAck submit(ClientOrderId id, Order order) {
    requireConnection();
    Optional<OrderState> first = first(id);
    if (first.isPresent()) {
      return again(first.get(), order);
    }
    if (order.shares() != 100) {
      if (keepsRefused()) {
        orders.put(id, OrderState.rejected(id, order, refusal()));
      }
      return OrderAck.rejected(refusal());
    }
    List<Fill> fills = new ArrayList<>();
    if (order.price().compareTo(PRICE) >= 0) {
      Fill fill = new Fill(Instant.EPOCH, PRICE, 100, fee());
      fills.add(fill);
      cash = cash.minus(charged(fill));
      holdings
          .computeIfAbsent(order.symbol(), s -> new ArrayList<>())
          .add(new Holding(100, charged(fill), NEXT));
    }
    orders.put(id, OrderState.working(id, order, fills));
    return OrderAck.accepted(orders.get(id));
  }

  @Override
  public synchronized Optional<OrderState> query(ClientOrderId id) {
    requireConnection();
    return Optional.ofNullable(orders.get(id));
  }

  @Override
  public synchronized Optional<OrderState> cancel(ClientOrderId id) {
    requireConnection();
    return Optional.ofNullable(orders.computeIfPresent(
        id, (same, state) -> state.status().isOpen() ? state.cancelled(Optional.empty()) : state));
  }

  @Override
  public synchronized List<OrderState> openOrders() {
    requireConnection();
    return orders.values().stream().filter(state -> state.status().isOpen()).toList();
  }

  @Override
  public synchronized Portfolio portfolio() {
    requireConnection();
    return new Portfolio(cash, holdings);
  }

  @Override
  public synchronized void close() {
    connected = false;
    closed = true;
  }
}

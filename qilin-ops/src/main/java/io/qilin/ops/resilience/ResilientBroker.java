package io.qilin.ops.resilience;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.trading.BrokerGateway;
import io.qilin.api.trading.ClientOrderId;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.OrderAck;
import io.qilin.api.trading.OrderState;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Rejection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A broker that is asked through a {@link Resilience}.
 *
 * <p><b>An order is sent once a call, never twice</b>, whatever the policy says: the {@code OrderDesk} of qilin-core sends again,
 * with the same id, after it has asked the broker. What this gateway answers leaves it no doubt about which of the two it is:
 *
 * <ul>
 *   <li>not sent, because the breaker is open, too much is under way, or no thread is free: {@link RejectReason#UNAVAILABLE} or
 *       {@link RejectReason#THROTTLED}, which are transient, so that it may be sent later;
 *   <li>perhaps sent, because no answer came in time, or the calling thread was interrupted: {@link OrderAck.Unknown}, so that the
 *       broker is asked first;
 *   <li>refused by the broker: as it says; a rejection that is not transient does not count against the broker.
 * </ul>
 *
 * <p>Questions and cancellations may be made again, and are, by the policy; connecting is tried once, as the desk repeats it. None is
 * hedged, and nothing stands in for an answer. Safe for use by several threads.
 */
public final class ResilientBroker implements BrokerGateway {
  private static final Ask ONCE = Ask.of(false, false, Wording.BROKER);
  private static final Ask AGAIN = Ask.of(true, false, Wording.BROKER);

  private final BrokerGateway broker;
  private final Resilience resilience;

  private ResilientBroker(BrokerGateway broker, Resilience resilience) {
    this.broker = broker;
    this.resilience = resilience;
  }

  /** A broker behind a guard. */
  public static ResilientBroker of(BrokerGateway broker, Resilience resilience) {
    return new ResilientBroker(
        Objects.requireNonNull(broker, "broker"), Objects.requireNonNull(resilience, "resilience"));
  }

  @Override
  public void connect() {
    Outcome<Boolean> done = resilience.run(
        ONCE,
        link -> {
          broker.connect();
          return true;
        },
        List.of());
    done.orThrow();
  }

  @Override
  public boolean connected() {
    return broker.connected();
  }

  @Override
  public OrderAck submit(ClientOrderId id, Order order) {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(order, "order");
    Outcome<OrderAck> sent =
        resilience.run(ONCE, link -> counted(broker.submit(id, order)), List.of());
    return sent.fold(Outcome.Answered::value, Outcome.Degraded::value, ResilientBroker::ack);
  }

  /** No answer and a broker that takes no orders speak against the broker; they come back by {@link #ack}. */
  private static OrderAck counted(OrderAck ack) {
    if (ack instanceof OrderAck.Unknown unknown) {
      throw new AckException(ErrorCode.TIMEOUT, unknown.message(), ack);
    }
    if (ack instanceof OrderAck.Rejected rejected
        && rejected.rejection().reason().isTransient()) {
      Rejection rejection = rejected.rejection();
      throw new AckException(rejection.reason().code(), rejection.message(), ack);
    }
    return ack;
  }

  private static OrderAck ack(Outcome.Failed<OrderAck> failed) {
    QilinException error = failed.error();
    String message = String.valueOf(error.getMessage());
    if (error instanceof AckException known) {
      return known.ack;
    }
    if (error instanceof RefusedException refused) {
      RejectReason reason =
          refused.refusal() == Refusal.OPEN ? RejectReason.UNAVAILABLE : RejectReason.THROTTLED;
      return OrderAck.rejected(Rejection.of(reason, message));
    }
    if (error instanceof LateException || error.code() == ErrorCode.CANCELLED) {
      return OrderAck.unknown(message);
    }
    throw error;
  }

  @Override
  public Optional<OrderState> query(ClientOrderId id) {
    Objects.requireNonNull(id, "id");
    return resilience.run(AGAIN, link -> broker.query(id), List.of()).orThrow();
  }

  @Override
  public Optional<OrderState> cancel(ClientOrderId id) {
    Objects.requireNonNull(id, "id");
    return resilience.run(AGAIN, link -> broker.cancel(id), List.of()).orThrow();
  }

  @Override
  public List<OrderState> openOrders() {
    return resilience.run(AGAIN, link -> broker.openOrders(), List.of()).orThrow();
  }

  @Override
  public Portfolio portfolio() {
    return resilience.run(AGAIN, link -> broker.portfolio(), List.of()).orThrow();
  }

  /** Closes the broker; the guard stays open. */
  @Override
  public void close() {
    broker.close();
  }

  /** An answer that counts as a failure. */
  private static final class AckException extends QilinException {
    private static final long serialVersionUID = 1L;

    private final transient OrderAck ack;

    AckException(ErrorCode code, String message, OrderAck ack) {
      super(code, message);
      this.ack = ack;
    }
  }
}

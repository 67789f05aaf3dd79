package io.qilin.testkit;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A way to a broker on which things go wrong as a script says: each call but {@link #connected} and
 * {@link #close} meets the next fault; when the script is used up, nothing goes wrong any more. For
 * tests of code that must survive it. Thread-safe: one lock.
 */
public final class FaultyBroker implements BrokerGateway {
  /** What goes wrong with one call. */
  public enum Fault {
    /** Nothing. */
    NONE,
    /** The call is lost on the way: no answer in time, and the broker did not get it. */
    LOST,
    /** The answer is lost on the way back: no answer in time, but the broker did what was asked. */
    ANSWER_LOST,
    /** As lost, but the call reaches the broker late: after the next call was answered. */
    LATE,
    /** The connection breaks before the call reaches the broker. */
    DISCONNECTED,
    /** The connection breaks after the broker did what was asked. */
    ANSWER_DISCONNECTED,
    /** The broker takes no more orders at the moment; a call other than submit goes through. */
    THROTTLED,
    /** The exchange is temporarily away; a call other than submit goes through. */
    UNAVAILABLE
  }

  /** A call to the broker at the other end. */
  @FunctionalInterface
  private interface Call<T> {
    T make();
  }

  private final BrokerGateway broker;
  private final Deque<Fault> script;
  private final List<Runnable> late = new ArrayList<>();
  private boolean broken;
  private int submitted;

  /**
   * A way on which the faults happen in their order.
   *
   * @param broker the broker at the other end, connected or not
   * @param script one fault a call
   */
  public FaultyBroker(BrokerGateway broker, List<Fault> script) {
    this.broker = Objects.requireNonNull(broker, "broker");
    this.script = new ArrayDeque<>(script);
  }

  @Override
  public synchronized void connect() {
    boolean was = broken;
    broken = false;
    try {
      call("connect", () -> {
        broker.connect();
        return true;
      });
    } catch (QilinException e) {
      broken = was || broken;
      throw e;
    }
  }

  @Override
  public synchronized boolean connected() {
    return !broken && broker.connected();
  }

  @Override
  public synchronized OrderAck submit(ClientOrderId id, Order order) {
    submitted++;
    Fault fault = script.peek() == null ? Fault.NONE : script.peek();
    if (!broken && (fault == Fault.THROTTLED || fault == Fault.UNAVAILABLE)) {
      return call(
          "submit",
          () -> OrderAck.rejected(Rejection.of(
              fault == Fault.THROTTLED ? RejectReason.THROTTLED : RejectReason.UNAVAILABLE,
              "the script says " + fault)));
    }
    if (!broken && (fault == Fault.LOST || fault == Fault.ANSWER_LOST)) {
      try {
        return call("submit", () -> broker.submit(id, order));
      } catch (QilinException e) {
        return OrderAck.unknown(String.valueOf(e.getMessage()));
      }
    }
    return call("submit", () -> broker.submit(id, order));
  }

  @Override
  public synchronized Optional<OrderState> query(ClientOrderId id) {
    return call("query", () -> broker.query(id));
  }

  @Override
  public synchronized Optional<OrderState> cancel(ClientOrderId id) {
    return call("cancel", () -> broker.cancel(id));
  }

  @Override
  public synchronized List<OrderState> openOrders() {
    return call("openOrders", broker::openOrders);
  }

  @Override
  public synchronized Portfolio portfolio() {
    return call("portfolio", broker::portfolio);
  }

  /** Lets what is still on its way arrive. */
  public synchronized void settle() {
    List<Runnable> arriving = List.copyOf(late);
    late.clear();
    arriving.forEach(Runnable::run);
  }

  /** How often {@link #submit} was called. */
  public synchronized int submitted() {
    return submitted;
  }

  /** Closes the broker at the other end; what was late is lost. */
  @Override
  public synchronized void close() {
    late.clear();
    broker.close();
  }

  private <T> T call(String name, Call<T> call) {
    if (broken) {
      throw new QilinException(ErrorCode.NETWORK, name + ": the connection is broken");
    }
    Fault fault = script.isEmpty() ? Fault.NONE : script.remove();
    List<Runnable> arriving = List.copyOf(late);
    try {
      return switch (fault) {
        case NONE, THROTTLED, UNAVAILABLE -> call.make();
        case LOST -> throw timeout(name);
        case ANSWER_LOST -> {
          call.make();
          throw timeout(name);
        }
        case LATE -> {
          late.add(call::make);
          throw timeout(name);
        }
        case DISCONNECTED -> throw disconnect(name);
        case ANSWER_DISCONNECTED -> {
          call.make();
          throw disconnect(name);
        }
      };
    } finally {
      late.removeAll(arriving);
      arriving.forEach(Runnable::run);
    }
  }

  private static QilinException timeout(String name) {
    return new QilinException(ErrorCode.TIMEOUT, name + ": no answer in time");
  }

  private QilinException disconnect(String name) {
    broken = true;
    return new QilinException(ErrorCode.NETWORK, name + ": the connection was lost");
  }
}

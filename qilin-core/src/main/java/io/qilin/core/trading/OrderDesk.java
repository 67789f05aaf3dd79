package io.qilin.core.trading;

import io.qilin.api.alert.AlertSink;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.BrokerGateway;
import io.qilin.api.trading.ClientOrderId;
import io.qilin.api.trading.Order;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sends orders to a broker and deals with what goes wrong on the way:
 *
 * <table>
 * <caption>What is done about it</caption>
 * <tr><th>trouble</th><th>answer of the desk</th></tr>
 * <tr><td>transient rejection</td><td>sends again, 3 × after 5 s</td></tr>
 * <tr><td>other rejection</td><td>never sends again</td></tr>
 * <tr><td>not enough cash</td><td>critical alert with {@code required} and {@code available}</td></tr>
 * <tr><td>position limit</td><td>warning with {@code current} and {@code limit}</td></tr>
 * <tr><td>connection lost</td><td>connects again, 5 × after 10 s, then asks for the order</td></tr>
 * <tr><td>no answer in time</td><td>asks for the order; sends it again, with the same id, only if
 * the broker does not have it</td></tr>
 * <tr><td>all attempts used up</td><td>critical alert; {@link SendOutcome.Unresolved}</td></tr>
 * </table>
 *
 * <p>Before every time that an order is sent, the kill switch and the risk check are asked. Both
 * fail closed: if one throws or gives no answer, the order is not sent.
 *
 * <p>Never makes two orders of one, under any sequence of these troubles, as long as the gateway keeps
 * its contract. Numbers and lengths: {@link RetryPolicy}.
 *
 * <p>Thread-safe if its parts are: it holds no state of its own, all state of a sending is on the
 * stack of the thread that sends. The risk check sees one order at a time; orders whose checks must
 * see each other are sent one after the other.
 */
public final class OrderDesk {
  private final Parts parts;

  /** What a sending works with. */
  record Parts(
      BrokerGateway gateway,
      AlertSink alerts,
      OrderLog log,
      Pause pause,
      InstantSource clock,
      RetryPolicy policy,
      Supplier<Optional<String>> halt,
      Function<Order, RiskVerdict> check) {}

  private OrderDesk(Parts parts) {
    this.parts = parts;
  }

  /**
   * Starts a desk.
   *
   * @param gateway the broker; connecting it first and closing it is left to the caller
   * @param alerts who is told when a person should look
   * @param log where every attempt is recorded
   * @param pause how to wait
   * @param clock the time of alerts and log entries
   */
  public static Builder builder(
      BrokerGateway gateway, AlertSink alerts, OrderLog log, Pause pause, InstantSource clock) {
    return new Builder(gateway, alerts, log, pause, clock);
  }

  /**
   * Sends an order; blocks until its fate is known or all attempts are used up: with the default
   * policy at most 65 s beside the time that the calls take.
   *
   * <p>If the pause is interrupted, the thread's interrupt flag is set again and the outcome is
   * {@link SendOutcome.Unresolved} with CANCELLED.
   *
   * @param id the name of the order, new for a new order; to give the same order again with the same
   *     id, after a crash for example, is safe
   * @param order what to send
   */
  public SendOutcome send(ClientOrderId id, Order order) {
    return new Sending(
            parts, Objects.requireNonNull(id, "id"), Objects.requireNonNull(order, "order"))
        .run();
  }

  /** Collects the parts of a desk. */
  public static final class Builder {
    private final BrokerGateway gateway;
    private final AlertSink alerts;
    private final OrderLog log;
    private final Pause pause;
    private final InstantSource clock;
    private RetryPolicy policy = RetryPolicy.DEFAULT;
    private Supplier<Optional<String>> halt = Optional::empty;
    private Function<Order, RiskVerdict> check = order -> RiskVerdict.pass();

    private Builder(
        BrokerGateway gateway, AlertSink alerts, OrderLog log, Pause pause, InstantSource clock) {
      this.gateway = Objects.requireNonNull(gateway, "gateway");
      this.alerts = Objects.requireNonNull(alerts, "alerts");
      this.log = Objects.requireNonNull(log, "log");
      this.pause = Objects.requireNonNull(pause, "pause");
      this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** How often to try again; {@link RetryPolicy#DEFAULT} unless set. */
    public Builder policy(RetryPolicy value) {
      policy = Objects.requireNonNull(value, "policy");
      return this;
    }

    /**
     * Why no order may be sent at the moment, empty if orders may be sent; nothing halts the desk unless set. For
     * example {@code killSwitch::reason}.
     */
    public Builder haltedBy(Supplier<Optional<String>> reason) {
      halt = Objects.requireNonNull(reason, "reason");
      return this;
    }

    /**
     * What the risk rules say about an order now; all orders pass unless set. For example {@code order ->
     * gate.check(order, context)}.
     */
    public Builder check(Function<Order, RiskVerdict> value) {
      check = Objects.requireNonNull(value, "check");
      return this;
    }

    /** The desk. */
    public OrderDesk build() {
      return new OrderDesk(new Parts(gateway, alerts, log, pause, clock, policy, halt, check));
    }
  }
}

package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.money.Money;
import io.qilin.api.trading.BrokerGateway;
import io.qilin.api.trading.ClientOrderId;
import io.qilin.api.trading.Fill;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.OrderAck;
import io.qilin.api.trading.OrderState;
import io.qilin.api.trading.OrderState.Status;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Rejection;
import io.qilin.api.trading.Side;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link BrokerGateway}: extend, supply a gateway to a test account and three
 * kinds of orders; run. Every test asks for a gateway of its own, on an account that nobody else trades.
 */
public abstract class BrokerGatewayTck {
  private static final ClientOrderId ID = ClientOrderId.parse("tck-1");
  private static final ClientOrderId OTHER_ID = ClientOrderId.parse("tck_2");

  /** For subclasses. */
  protected BrokerGatewayTck() {}

  /** A gateway that is not connected, to an account without orders in which {@link #ID} was never used. */
  protected abstract BrokerGateway gateway();

  /** A purchase that is filled as a whole when it is sent. */
  protected abstract Order filled();

  /** An order that is taken, and stays open without a fill. */
  protected abstract Order resting();

  /** An order that is refused for a permanent reason. */
  protected abstract Order refused();

  @Test
  void whenThereIsNoConnection_thenEveryCallIsANetworkError() {
    try (BrokerGateway gateway = gateway()) {
      assertThat(gateway.connected()).isFalse();
      assertNetwork(() -> gateway.submit(ID, filled()));
      assertNetwork(() -> gateway.query(ID));
      assertNetwork(() -> gateway.cancel(ID));
      assertNetwork(gateway::openOrders);
      assertNetwork(gateway::portfolio);
      gateway.connect();
      assertThat(gateway.query(ID)).as("the order sent without connection").isEmpty();
    }
  }

  @Test
  void whenConnectedTwice_thenThatIsOneConnection() {
    try (BrokerGateway gateway = connected()) {
      gateway.connect();
      assertThat(gateway.connected()).isTrue();
      assertThat(gateway.openOrders()).isEmpty();
    }
  }

  @Test
  void whenClosed_thenItIsForGood() {
    BrokerGateway gateway = connected();
    gateway.close();
    gateway.close();
    assertThat(gateway.connected()).isFalse();
    assertNetwork(gateway::openOrders);
    assertThatThrownBy(gateway::connect)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void whenTheIdIsNotKnown_thenThereIsNoOrder() {
    try (BrokerGateway gateway = connected()) {
      assertThat(gateway.query(ID)).isEmpty();
      assertThat(gateway.cancel(ID)).isEmpty();
    }
  }

  @Test
  void whenAnOrderIsFilled_thenThePortfolioHasItAndTheCashPaidForIt() {
    Order order = filled();
    assertThat(order.side()).as("filled() is a purchase").isEqualTo(Side.BUY);
    try (BrokerGateway gateway = connected()) {
      Portfolio before = gateway.portfolio();
      OrderState state = accepted(gateway.submit(ID, order));
      assertThat(state.id()).isEqualTo(ID);
      assertThat(state.order()).isEqualTo(order);
      assertThat(state.status()).isEqualTo(Status.FILLED);
      assertThat(state.fills())
          .allSatisfy(fill -> assertThat(fill.price()).isLessThanOrEqualTo(order.price()));
      assertThat(gateway.query(ID)).contains(state);
      assertThat(gateway.openOrders()).isEmpty();
      Portfolio after = gateway.portfolio();
      assertThat(after.shares(order.symbol()))
          .isEqualTo(before.shares(order.symbol()) + order.shares());
      assertThat(after.cash()).isEqualTo(before.cash().minus(paid(state)));
    }
  }

  @Test
  void whenAnOrderIsFilled_thenItCannotBeCancelled() {
    try (BrokerGateway gateway = connected()) {
      OrderState state = accepted(gateway.submit(ID, filled()));
      assertThat(gateway.cancel(ID)).contains(state);
      assertThat(gateway.query(ID)).contains(state);
    }
  }

  @Test
  void whenAnOrderRests_thenItIsOpenUntilItIsCancelled() {
    try (BrokerGateway gateway = connected()) {
      Portfolio before = gateway.portfolio();
      OrderState state = accepted(gateway.submit(ID, resting()));
      assertThat(state.status()).isEqualTo(Status.NEW);
      assertThat(gateway.openOrders()).containsExactly(state);
      OrderState ended = gateway.cancel(ID).orElseThrow();
      assertThat(ended.status()).isEqualTo(Status.CANCELLED);
      assertThat(gateway.openOrders()).isEmpty();
      assertThat(gateway.cancel(ID)).contains(ended);
      assertThat(gateway.query(ID)).contains(ended);
      assertThat(gateway.portfolio().holdings()).isEqualTo(before.holdings());
    }
  }

  @Test
  void whenTwoOrdersRest_thenTheyAreOpenInTheirOrder() {
    try (BrokerGateway gateway = connected()) {
      gateway.submit(OTHER_ID, resting());
      gateway.submit(ID, resting());
      assertThat(gateway.openOrders()).extracting(OrderState::id).containsExactly(OTHER_ID, ID);
    }
  }

  @Test
  void whenAFilledOrderIsSentAgain_thenItIsOneOrder() {
    try (BrokerGateway gateway = connected()) {
      OrderState first = accepted(gateway.submit(ID, filled()));
      Portfolio before = gateway.portfolio();
      assertThat(accepted(gateway.submit(ID, filled()))).isEqualTo(first);
      assertThat(gateway.portfolio()).isEqualTo(before);
    }
  }

  @Test
  void whenAnOpenOrderIsSentAgain_thenItIsOneOrder() {
    try (BrokerGateway gateway = connected()) {
      OrderState first = accepted(gateway.submit(ID, resting()));
      assertThat(accepted(gateway.submit(ID, resting()))).isEqualTo(first);
      assertThat(gateway.openOrders()).containsExactly(first);
    }
  }

  @Test
  void whenACancelledOrderIsSentAgain_thenItStaysCancelled() {
    try (BrokerGateway gateway = connected()) {
      gateway.submit(ID, resting());
      OrderState ended = gateway.cancel(ID).orElseThrow();
      assertThat(accepted(gateway.submit(ID, resting()))).isEqualTo(ended);
      assertThat(gateway.openOrders()).isEmpty();
    }
  }

  @Test
  void whenAnotherOrderHasTheId_thenItIsRefusedAndTheFirstStays() {
    try (BrokerGateway gateway = connected()) {
      OrderState first = accepted(gateway.submit(ID, resting()));
      Rejection rejection = rejected(gateway.submit(ID, filled()));
      assertThat(rejection.reason()).isEqualTo(RejectReason.DUPLICATE_ID);
      assertThat(gateway.query(ID)).contains(first);
      assertThat(gateway.openOrders()).containsExactly(first);
    }
  }

  @Test
  void whenAnOrderIsRefused_thenItSaysWhyAndNothingElseHappens() {
    try (BrokerGateway gateway = connected()) {
      Portfolio before = gateway.portfolio();
      Rejection rejection = rejected(gateway.submit(ID, refused()));
      assertThat(rejection.reason().isTransient()).as("transient").isFalse();
      assertThat(rejection.message()).isNotBlank().doesNotContain("\n");
      assertThat(gateway.openOrders()).isEmpty();
      assertThat(gateway.portfolio()).isEqualTo(before);
    }
  }

  @Test
  void whenARefusedOrderIsSentAgain_thenTheAnswerIsTheSame() {
    try (BrokerGateway gateway = connected()) {
      Rejection rejection = rejected(gateway.submit(ID, refused()));
      assertThat(gateway.query(ID)).hasValueSatisfying(state -> {
        assertThat(state.status()).isEqualTo(Status.REJECTED);
        assertThat(state.rejection()).contains(rejection);
      });
      assertThat(rejected(gateway.submit(ID, refused()))).isEqualTo(rejection);
    }
  }

  @Test
  void whenManyThreadsSendOneOrder_thenItIsOneOrder()
      throws InterruptedException, ExecutionException {
    Order order = filled();
    try (BrokerGateway gateway = connected()) {
      long before = gateway.portfolio().shares(order.symbol());
      List<OrderAck> acks = Parallel.answers(() -> gateway.submit(ID, order));
      OrderState state = gateway.query(ID).orElseThrow();
      assertThat(acks).allSatisfy(ack -> assertThat(accepted(ack)).isEqualTo(state));
      assertThat(gateway.portfolio().shares(order.symbol())).isEqualTo(before + order.shares());
    }
  }

  private BrokerGateway connected() {
    BrokerGateway gateway = gateway();
    gateway.connect();
    assertThat(gateway.connected()).isTrue();
    return gateway;
  }

  private static Money paid(OrderState state) {
    return state.fills().stream().map(Fill::amount).reduce(state.fees(), Money::plus);
  }

  private static OrderState accepted(OrderAck ack) {
    assertThat(ack).isInstanceOf(OrderAck.Accepted.class);
    return ((OrderAck.Accepted) ack).state();
  }

  private static Rejection rejected(OrderAck ack) {
    assertThat(ack).isInstanceOf(OrderAck.Rejected.class);
    return ((OrderAck.Rejected) ack).rejection();
  }

  private static void assertNetwork(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NETWORK));
  }
}

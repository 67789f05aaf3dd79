package io.qilin.core.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.trading.ClientOrderId;
import io.qilin.api.trading.Fill;
import io.qilin.api.trading.OrderAck;
import io.qilin.api.trading.OrderState;
import io.qilin.api.trading.OrderState.Status;
import io.qilin.api.trading.RejectReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaperBrokerTest {
  private static final ClientOrderId FIRST = ClientOrderId.parse("1");
  private static final ClientOrderId SECOND = ClientOrderId.parse("2");
  private static final ClientOrderId THIRD = ClientOrderId.parse("3");

  private final OnePriceMatching market = new OnePriceMatching();
  private final PaperBroker broker = new PaperBroker(market);

  @BeforeEach
  void connect() {
    broker.connect();
  }

  @Test
  void whenThePriceComes_thenTheOldestOrderTradesFirst() {
    broker.submit(SECOND, OnePriceMatching.buy("9.00", 100));
    broker.submit(FIRST, OnePriceMatching.buy("9.50", 100));
    assertThat(broker.rematch()).isEmpty();
    market.price("9.20");
    assertThat(broker.rematch()).extracting(OrderState::id).containsExactly(FIRST);
    market.price("8.00");
    assertThat(broker.rematch()).singleElement().satisfies(state -> {
      assertThat(state.id()).isEqualTo(SECOND);
      assertThat(state.status()).isEqualTo(Status.FILLED);
    });
    assertThat(broker.openOrders()).isEmpty();
    assertThat(broker.portfolio().shares(OnePriceMatching.SYMBOL)).isEqualTo(200);
  }

  @Test
  void whenThereIsNotEnoughForAll_thenItIsFilledInParts() {
    market.depth(100);
    broker.submit(FIRST, OnePriceMatching.buy("10.00", 300));
    assertThat(broker.query(FIRST).orElseThrow().status()).isEqualTo(Status.PARTIALLY_FILLED);
    broker.rematch();
    broker.rematch();
    OrderState state = broker.query(FIRST).orElseThrow();
    assertThat(state.status()).isEqualTo(Status.FILLED);
    assertThat(state.fills()).extracting(Fill::shares).containsExactly(100L, 100L, 100L);
    assertThat(broker.rematch()).isEmpty();
  }

  @Test
  void whenOrdersAreOpen_thenTheyClaimTheirCash() {
    broker.submit(FIRST, OnePriceMatching.buy("9.99", 900));
    OrderAck ack = broker.submit(SECOND, OnePriceMatching.buy("101.20", 900));
    assertThat(ack)
        .isInstanceOfSatisfying(
            OrderAck.Rejected.class,
            rejected -> assertThat(rejected.rejection().reason())
                .isEqualTo(RejectReason.INSUFFICIENT_FUNDS));
  }

  @Test
  void whenBoughtToday_thenItCannotBeSoldToday() {
    broker.submit(FIRST, OnePriceMatching.buy("10.00", 100));
    assertThat(broker.submit(SECOND, OnePriceMatching.sell("10.00", 100)))
        .isInstanceOfSatisfying(
            OrderAck.Rejected.class,
            rejected ->
                assertThat(rejected.rejection().reason()).isEqualTo(RejectReason.NOT_SELLABLE));
  }

  @Test
  void whenTheSessionEnds_thenOpenOrdersEndWithItAndAreKnownForOneMore() {
    broker.submit(FIRST, OnePriceMatching.buy("9.00", 100));
    broker.submit(SECOND, OnePriceMatching.buy("10.00", 100));
    assertThat(broker.endSession())
        .extracting(OrderState::status)
        .containsExactly(Status.CANCELLED, Status.FILLED);
    assertThat(broker.openOrders()).isEmpty();
    market.price("8.00");
    assertThat(broker.rematch()).isEmpty();
    OrderState ended = broker.query(FIRST).orElseThrow();
    assertThat(ended.rejection().orElseThrow().reason()).isEqualTo(RejectReason.SESSION_CLOSED);
    assertThat(broker.submit(FIRST, OnePriceMatching.buy("9.00", 100)))
        .isEqualTo(OrderAck.accepted(ended));
    assertThat(broker.cancel(FIRST)).contains(ended);
    assertThat(broker.submit(THIRD, OnePriceMatching.buy("10.00", 100)))
        .isInstanceOfSatisfying(
            OrderAck.Rejected.class,
            rejected ->
                assertThat(rejected.rejection().reason()).isEqualTo(RejectReason.SESSION_CLOSED));
    broker.startSession(OnePriceMatching.TODAY.plusDays(1));
    assertThat(broker.query(FIRST)).contains(ended);
    broker.startSession(OnePriceMatching.TODAY.plusDays(2));
    assertThat(broker.query(FIRST)).isEmpty();
  }

  @Test
  void whenTheSessionIsFull_thenFurtherOrdersAreRefused() {
    for (int i = 0; i < PaperBroker.MOST_ORDERS; i++) {
      broker.submit(ClientOrderId.parse("n" + i), OnePriceMatching.buy("1.00", 150));
    }
    assertThat(broker.submit(FIRST, OnePriceMatching.buy("10.00", 100)))
        .isInstanceOfSatisfying(
            OrderAck.Rejected.class,
            rejected -> assertThat(rejected.rejection().reason()).isEqualTo(RejectReason.REFUSED));
    assertThat(broker.query(FIRST)).isEmpty();
    broker.startSession(OnePriceMatching.TODAY.plusDays(1));
    assertThat(broker.submit(FIRST, OnePriceMatching.buy("10.00", 100)))
        .isInstanceOf(OrderAck.Accepted.class);
  }
}

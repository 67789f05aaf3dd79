package io.qilin.core.trading;

import static io.qilin.core.trading.SimulatedMarket.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.money.Money;
import io.qilin.api.trading.ClientOrderId;
import io.qilin.api.trading.ExecutionPhase;
import io.qilin.api.trading.Fill;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.OrderAck;
import io.qilin.api.trading.OrderState;
import io.qilin.api.trading.OrderState.Status;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Rejection;
import io.qilin.api.trading.Side;
import io.qilin.core.backtest.Broker;
import io.qilin.core.backtest.Ledger;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedMatchingTest {
  private final SimulatedMarket market = new SimulatedMarket();
  private final PaperBroker broker = market.broker;
  private int orders;

  @BeforeEach
  void open() {
    broker.connect();
    broker.startSession(SimulatedMarket.FIRST);
  }

  private OrderAck send(Side side, String price, long shares) {
    return broker.submit(ClientOrderId.parse("o" + orders++), order(side, price, shares));
  }

  private OrderState taken(Side side, String price, long shares) {
    return send(side, price, shares)
        .fold(
            OrderAck.Accepted::state,
            rejected -> {
              throw new AssertionError(rejected);
            },
            unknown -> {
              throw new AssertionError(unknown);
            });
  }

  private Rejection refused(Side side, String price, long shares) {
    return send(side, price, shares)
        .fold(
            accepted -> {
              throw new AssertionError(accepted);
            },
            OrderAck.Rejected::rejection,
            unknown -> {
              throw new AssertionError(unknown);
            });
  }

  @Test
  void whenFilled_thenItIsTheSimulatorsPriceTimeAndFee() {
    OrderState state = taken(Side.BUY, "10.50", 500);
    assertThat(state.fills())
        .containsExactly(new Fill(
            Instant.parse("2024-01-02T07:00:00Z"),
            new BigDecimal("10.100"),
            500,
            Money.parse("5.05")));
    assertThat(market.ledger.cash()).isEqualTo(Money.parse("94944.95"));
    assertThat(market.ledger.balance().cash()).isEqualTo(market.ledger.cash());
  }

  @Test
  void whenABacktestSendsTheSameOrders_thenTheAccountsAreTheSame() {
    Ledger other = Ledger.open(Money.parse("100000"), SimulatedMarket.FIRST);
    for (LocalDate day : new LocalDate[] {SimulatedMarket.FIRST, SimulatedMarket.SECOND}) {
      broker.startSession(day);
      Broker backtest = new Broker(SimulatedMarket.exchange(), other, day);
      for (Order order :
          new Order[] {order(Side.SELL, "10.00", 300), order(Side.BUY, "10.50", 700)}) {
        broker.submit(ClientOrderId.parse("o" + orders++), order);
        backtest.send(new PlannedOrder(
            order.symbol(),
            order.side(),
            order.shares(),
            Optional.of(order.price()),
            ExecutionPhase.CLOSING_AUCTION,
            "backtest"));
      }
    }
    assertThat(broker.portfolio()).isEqualTo(other.portfolio());
    assertThat(market.ledger.balance()).isEqualTo(other.balance());
    assertThat(broker.portfolio().shares(SimulatedMarket.SYMBOL)).isEqualTo(1100);
  }

  @ParameterizedTest
  @CsvSource({
    "11.01, 100, PRICE_LIMIT",
    "10.005, 100, TICK",
    "10.10, 150, LOT_SIZE",
    "10.10, 10000, INSUFFICIENT_FUNDS"
  })
  void whenAPurchaseBreaksARule_thenItIsRefused(String price, long shares, RejectReason reason) {
    assertThat(refused(Side.BUY, price, shares).reason()).isEqualTo(reason);
    assertThat(broker.portfolio().cash()).isEqualTo(Money.parse("100000"));
  }

  @Test
  void whenTheCashIsShort_thenTheFiguresHaveTheFees() {
    assertThat(refused(Side.BUY, "10.10", 10_000).figures())
        .containsEntry(Rejection.REQUIRED, new BigDecimal("101026.26"))
        .containsEntry(Rejection.AVAILABLE, new BigDecimal("100000.00"));
  }

  @Test
  void whenAnOpenOrderClaimsTheCash_thenTheNextOneCannotHaveIt() {
    taken(Side.BUY, "10.00", 6000);
    assertThat(refused(Side.BUY, "10.10", 4000).reason())
        .isEqualTo(RejectReason.INSUFFICIENT_FUNDS);
    broker.cancel(ClientOrderId.parse("o0"));
    assertThat(taken(Side.BUY, "10.10", 1000).status()).isEqualTo(Status.FILLED);
  }

  @Test
  void whenBoughtToday_thenItIsSoldTomorrowAndOnce() {
    taken(Side.BUY, "10.50", 500);
    assertThat(refused(Side.SELL, "10.00", 500).reason()).isEqualTo(RejectReason.NOT_SELLABLE);
    broker.startSession(SimulatedMarket.SECOND);
    taken(Side.SELL, "10.30", 400);
    assertThat(refused(Side.SELL, "10.30", 200).reason()).isEqualTo(RejectReason.NOT_SELLABLE);
    assertThat(taken(Side.SELL, "10.20", 100).status()).isEqualTo(Status.FILLED);
  }

  @Test
  void whenThereIsTooLittleVolume_thenThePartThatIsFilledIsTheShareOfIt() {
    OrderState state = taken(Side.BUY, "10.50", 1500);
    assertThat(state.status()).isEqualTo(Status.PARTIALLY_FILLED);
    assertThat(state.filledShares()).isEqualTo(1000);
    assertThat(broker.rematch()).isEmpty();
    assertThat(broker.endSession())
        .singleElement()
        .satisfies(ended -> assertThat(ended.status()).isEqualTo(Status.CANCELLED));
  }

  @Test
  void whenTheBoardIsSealed_thenThePurchaseRests() {
    broker.startSession(SimulatedMarket.THIRD);
    assertThat(taken(Side.BUY, "11.22", 100).status()).isEqualTo(Status.NEW);
    assertThat(broker.rematch()).isEmpty();
  }

  @Test
  void whenNoSessionRuns_thenOrdersAreRefused() {
    broker.endSession();
    assertThat(refused(Side.BUY, "10.10", 100).reason()).isEqualTo(RejectReason.SESSION_CLOSED);
    broker.startSession(LocalDate.of(2024, 1, 6));
    assertThat(refused(Side.BUY, "10.10", 100).reason()).isEqualTo(RejectReason.SESSION_CLOSED);
  }
}

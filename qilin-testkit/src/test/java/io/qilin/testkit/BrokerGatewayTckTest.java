package io.qilin.testkit;

import static io.qilin.testkit.Failures.assertFails;

import io.qilin.api.money.Money;
import io.qilin.api.trading.BrokerGateway;
import io.qilin.api.trading.ClientOrderId;
import io.qilin.api.trading.Fill;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.OrderAck;
import io.qilin.api.trading.OrderState;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Rejection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Correct brokers keep the contract; each defect is found by the test that is meant for it. */
class BrokerGatewayTckTest {
  private static class Judge extends BrokerGatewayTck {
    private final Supplier<BrokerGateway> gateways;

    Judge(Supplier<BrokerGateway> gateways) {
      this.gateways = gateways;
    }

    @Override
    protected BrokerGateway gateway() {
      return gateways.get();
    }

    @Override
    protected Order filled() {
      return MemoryBroker.FILLED;
    }

    @Override
    protected Order resting() {
      return MemoryBroker.RESTING;
    }

    @Override
    protected Order refused() {
      return MemoryBroker.REFUSED;
    }
  }

  @Nested
  class ACorrectBroker extends Judge {
    ACorrectBroker() {
      super(MemoryBroker::new);
    }
  }

  @Nested
  class AWayWithoutFaults extends Judge {
    AWayWithoutFaults() {
      super(() -> new FaultyBroker(new MemoryBroker(), List.of()));
    }
  }

  @Test
  void whenItAnswersWithoutConnection_thenThatIsFound() {
    Judge open = new Judge(() -> new MemoryBroker() {
      @Override
      void requireConnection() {}
    });
    assertFails(open::whenThereIsNoConnection_thenEveryCallIsANetworkError);
    assertFails(open::whenClosed_thenItIsForGood);
  }

  @Test
  void whenOneIdMakesTwoOrders_thenThatIsFound() {
    Judge doubling = new Judge(() -> new MemoryBroker() {
      @Override
      Optional<OrderState> first(ClientOrderId id) {
        return Optional.empty();
      }
    });
    assertFails(doubling::whenAFilledOrderIsSentAgain_thenItIsOneOrder);
    assertFails(doubling::whenACancelledOrderIsSentAgain_thenItStaysCancelled);
    assertFails(doubling::whenAnotherOrderHasTheId_thenItIsRefusedAndTheFirstStays);
    assertFails(doubling::whenManyThreadsSendOneOrder_thenItIsOneOrder);
  }

  @Test
  void whenAnotherOrderGetsTheAnswerOfTheFirst_thenThatIsFound() {
    Judge blind = new Judge(() -> new MemoryBroker() {
      @Override
      OrderAck again(OrderState first, Order order) {
        return OrderAck.accepted(first);
      }
    });
    assertFails(blind::whenAnotherOrderHasTheId_thenItIsRefusedAndTheFirstStays);
    assertFails(blind::whenARefusedOrderIsSentAgain_thenTheAnswerIsTheSame);
  }

  @Test
  void whenTheFeeIsNotCharged_thenThatIsFound() {
    assertFails(new Judge(() -> new MemoryBroker() {
      @Override
      Money charged(Fill fill) {
        return fill.amount();
      }
    })::whenAnOrderIsFilled_thenThePortfolioHasItAndTheCashPaidForIt);
  }

  @Test
  void whenTheReasonOfARefusalIsTransient_thenThatIsFound() {
    assertFails(new Judge(() -> new MemoryBroker() {
      @Override
      Rejection refusal() {
        return Rejection.of(RejectReason.THROTTLED, "later");
      }
    })::whenAnOrderIsRefused_thenItSaysWhyAndNothingElseHappens);
  }

  @Test
  void whenARefusedOrderIsForgotten_thenThatIsFound() {
    assertFails(new Judge(() -> new MemoryBroker() {
      @Override
      boolean keepsRefused() {
        return false;
      }
    })::whenARefusedOrderIsSentAgain_thenTheAnswerIsTheSame);
  }

  @Test
  void whenAnOpenOrderCannotBeEnded_thenThatIsFound() {
    assertFails(new Judge(() -> new MemoryBroker() {
      @Override
      public synchronized Optional<OrderState> cancel(ClientOrderId id) {
        return query(id);
      }
    })::whenAnOrderRests_thenItIsOpenUntilItIsCancelled);
  }
}

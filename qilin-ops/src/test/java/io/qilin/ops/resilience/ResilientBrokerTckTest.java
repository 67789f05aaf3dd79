package io.qilin.ops.resilience;

import io.qilin.api.trading.BrokerGateway;
import io.qilin.api.trading.Order;
import io.qilin.core.trading.PaperBroker;
import io.qilin.testkit.BrokerGatewayTck;
import io.qilin.testkit.SettableClock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;

/** A decorated broker keeps the contract of brokers. */
class ResilientBrokerTckTest extends BrokerGatewayTck {
  private final ExecutorService pool = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  @Override
  protected BrokerGateway gateway() {
    return ResilientBroker.of(
        new PaperBroker(new OneShareMarket()),
        Resilience.builder(
                "broker", Guard.PATIENT, pool, System::nanoTime, SettableClock.at(Guard.START), 7)
            .build());
  }

  @Override
  protected Order filled() {
    return OneShareMarket.buy("10.00", 200);
  }

  @Override
  protected Order resting() {
    return OneShareMarket.buy("9.99", 100);
  }

  @Override
  protected Order refused() {
    return OneShareMarket.buy("10.00", 150);
  }
}

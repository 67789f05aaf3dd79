package io.qilin.core.trading;

import io.qilin.api.trading.BrokerGateway;
import io.qilin.api.trading.Order;
import io.qilin.testkit.BrokerGatewayTck;

class PaperBrokerTckTest extends BrokerGatewayTck {
  @Override
  protected BrokerGateway gateway() {
    return new PaperBroker(new OnePriceMatching());
  }

  @Override
  protected Order filled() {
    return OnePriceMatching.buy("10.01", 200);
  }

  @Override
  protected Order resting() {
    return OnePriceMatching.buy("9.99", 100);
  }

  @Override
  protected Order refused() {
    return OnePriceMatching.buy("10.00", 150);
  }
}

package io.qilin.core.trading;

import io.qilin.api.trading.BrokerGateway;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.Side;
import io.qilin.testkit.BrokerGatewayTck;

class SimulatedMatchingTckTest extends BrokerGatewayTck {
  @Override
  protected BrokerGateway gateway() {
    SimulatedMarket market = new SimulatedMarket();
    market.broker.startSession(SimulatedMarket.FIRST);
    return market.broker;
  }

  @Override
  protected Order filled() {
    return SimulatedMarket.order(Side.BUY, "10.10", 200);
  }

  @Override
  protected Order resting() {
    return SimulatedMarket.order(Side.BUY, "10.00", 100);
  }

  @Override
  protected Order refused() {
    return SimulatedMarket.order(Side.BUY, "11.01", 100);
  }
}

package io.qilin.langchain4j;

import io.qilin.agents.desk.Snapshots;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.data.demo.DemoMarket;

/** A snapshot of the demo market, made once. */
final class Market {
  static final MarketSnapshot SNAPSHOT = snapshot();

  private Market() {}

  private static MarketSnapshot snapshot() {
    DemoMarket market = DemoMarket.of(20, 1, 7);
    return Snapshots.from(market.bars(), market.securities())
        .at(market.bars().panel().lastDay());
  }
}

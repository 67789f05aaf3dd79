package io.qilin.agents.desk;

import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.trading.Holding;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.Portfolio;
import io.qilin.core.risk.BuyingPower;
import io.qilin.core.risk.ShareFacts;
import io.qilin.core.rules.MarketRuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an account would own if an order were filled at its limit. */
final class Purchases {
  private Purchases() {}

  static Portfolio after(Order order, RiskContext context) {
    Portfolio before = context.portfolio();
    Money cost = BuyingPower.cost(
        order.price(),
        order.shares(),
        MarketRuleBook.aShare()
            .at(context.session())
            .fees(ShareFacts.of(order.symbol(), context).board()));
    Map<Symbol, List<Holding>> holdings = new TreeMap<>(before.holdings());
    List<Holding> lots = new ArrayList<>(holdings.getOrDefault(order.symbol(), List.of()));
    // Not sellable in the session itself (T+1); the day after is the earliest on which it could be.
    lots.add(new Holding(order.shares(), cost, context.session().plusDays(1)));
    holdings.put(order.symbol(), lots);
    return new Portfolio(before.cash().minus(cost), holdings);
  }
}

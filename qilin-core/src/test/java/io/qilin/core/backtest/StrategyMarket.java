package io.qilin.core.backtest;

import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.trading.Holding;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Portfolio;
import io.qilin.testkit.Panels;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Some shares, all of which traded on the last of eighty days, and what orders come to on it. */
final class StrategyMarket {
  private static final Panel ALL = Panels.random(12, 80, 0, 4);
  static final Panel PANEL = ALL.only(s -> ALL.endRow(ALL.indexOf(s)) == 80);
  static final List<Symbol> SHARES = PANEL.symbols();
  static final Portfolio CASH = Portfolio.ofCash(Money.parse("1000000"));

  private StrategyMarket() {}

  /** A signal by the place of the share. */
  static Signal scores(double... scores) {
    return history -> scores.clone();
  }

  /** What the account would hold had all purchases been filled, with the rest of the cash. */
  static Portfolio after(List<PlannedOrder> orders) {
    Map<Symbol, List<Holding>> holdings = new TreeMap<>();
    for (PlannedOrder order : orders) {
      holdings.put(
          order.symbol(),
          List.of(new Holding(order.shares(), Money.ofYuan(BigDecimal.ONE), PANEL.lastDay())));
    }
    return new Portfolio(Money.parse("100000000"), holdings);
  }
}

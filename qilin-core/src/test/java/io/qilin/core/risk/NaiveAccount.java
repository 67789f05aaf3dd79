package io.qilin.core.risk;

import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.trading.Order;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an account is worth, and what it would hold after a buy. Yuan, exact. Shares count at their
 * last close, the order at its limit price.
 */
final class NaiveAccount {
  private final RiskContext context;
  private final Map<Symbol, BigDecimal> held = new TreeMap<>();

  NaiveAccount(RiskContext context) {
    this.context = context;
    for (Symbol symbol : context.portfolio().holdings().keySet()) {
      BigDecimal close = BigDecimal.valueOf(new ShareFacts(symbol, context).closeMills(), 3);
      held.put(symbol, close.multiply(BigDecimal.valueOf(context.portfolio().shares(symbol))));
    }
  }

  BigDecimal equity() {
    return context.portfolio().cash().yuan().add(sum(held));
  }

  /** Cash plus what the shares cost. */
  BigDecimal putIn() {
    Money sum = context.portfolio().cash();
    for (var lots : context.portfolio().holdings().values()) {
      for (var lot : lots) {
        sum = sum.plus(lot.cost());
      }
    }
    return sum.yuan();
  }

  /** The value of each share after the order. */
  Map<Symbol, BigDecimal> after(Order order) {
    Map<Symbol, BigDecimal> out = new TreeMap<>(held);
    out.merge(order.symbol(), value(order), BigDecimal::add);
    return out;
  }

  static BigDecimal value(Order order) {
    return order.price().multiply(BigDecimal.valueOf(order.shares()));
  }

  static BigDecimal sum(Map<Symbol, BigDecimal> values) {
    return values.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}

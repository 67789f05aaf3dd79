package io.qilin.core.risk;

import io.qilin.api.trading.Order;
import io.qilin.api.trading.Side;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Forbids a buy beyond the cap of the market's level. */
final class BreakerRule {
  private final MarketBreaker breaker;
  private final Supplier<MarketDay> today;
  private final List<Fraction> caps;

  BreakerRule(MarketBreaker breaker, Supplier<MarketDay> today) {
    this.breaker = breaker;
    this.today = Objects.requireNonNull(today, "today");
    this.caps = breaker.caps().stream().map(Fraction::new).toList();
  }

  Optional<String> judge(Order order, RiskSession session) {
    if (order.side() == Side.SELL) {
      return Optional.empty();
    }
    MarketDay day = today.get();
    int level = breaker.level(day);
    long most = caps.get(level).floor(session.equityMills());
    long value = Mills.sum(session.valueMills(), Mills.value(order));
    return value <= most
        ? Optional.empty()
        : Optional.of("the market breaker is at level " + level + " with " + breaker.score(day)
            + " points; the account would hold " + Mills.yuan(value)
            + " yuan in shares, allowed are " + Mills.yuan(most) + " (" + caps.get(level)
            + " of the equity); the order may be "
            + Room.shares(most - session.valueMills(), order, session) + " shares");
  }
}

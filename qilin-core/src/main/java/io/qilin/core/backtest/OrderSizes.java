package io.qilin.core.backtest;

import io.qilin.api.market.Symbol;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.DatedRules;
import io.qilin.core.rules.LotRule;
import io.qilin.core.rules.MarketRuleBook;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sizes in which a board takes what a strategy wants, by the rules of one day. What is larger
 * than {@value #MOST_PARTS} of the board's largest orders is cut to that.
 */
final class OrderSizes {
  private static final int MOST_PARTS = 100;
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private final DatedRules rules;

  private OrderSizes(DatedRules rules) {
    this.rules = rules;
  }

  static OrderSizes on(LocalDate day) {
    return new OrderSizes(MarketRuleBook.aShare().at(day));
  }

  /** Purchases of at most so many shares in all; none if the smallest order is larger. */
  List<Long> purchases(Symbol symbol, BigDecimal shares) {
    long left = shares.min(MOST).longValue();
    Optional<LotRule> lots = lots(symbol);
    if (lots.isEmpty()) {
      return left > 0 ? List.of(left) : List.of();
    }
    List<Long> sizes = new ArrayList<>();
    while (sizes.size() < MOST_PARTS && lots.get().floorBuy(left) > 0) {
      long size = lots.get().floorBuy(left);
      sizes.add(size);
      left -= size;
    }
    return sizes;
  }

  /** Sales of all of a position, the odd remainder in the last. */
  List<Long> sales(Symbol symbol, long shares) {
    long most = lots(symbol).map(LotRule::maxLimitOrder).orElse(Long.MAX_VALUE);
    List<Long> sizes = new ArrayList<>();
    for (long left = shares; left > 0 && sizes.size() < MOST_PARTS; left -= most) {
      sizes.add(Math.min(left, most));
    }
    return sizes;
  }

  private Optional<LotRule> lots(Symbol symbol) {
    return rules.ruleOf(symbol, Optional.empty()).map(BoardRules::lots);
  }
}

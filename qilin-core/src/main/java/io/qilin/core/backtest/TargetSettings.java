package io.qilin.core.backtest;

import io.qilin.api.market.Board;
import io.qilin.api.market.Symbol;
import io.qilin.core.portfolio.Rebalance;
import io.qilin.core.rules.MarketRuleBook;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What all strategies with target weights have in common.
 *
 * @param universe the shares that may be bought
 * @param days when to decide anew
 * @param rebalance how orders are made of the weights
 */
public record TargetSettings(Predicate<Symbol> universe, RebalanceDays days, Rebalance rebalance) {
  /** All A-shares, without funds and indices, every day, {@link Rebalance#DEFAULT}. */
  public static final TargetSettings DEFAULT =
      new TargetSettings(TargetSettings::isShare, RebalanceDays.daily(), Rebalance.DEFAULT);

  /** Checks that every part is there. */
  public TargetSettings {
    Objects.requireNonNull(universe, "universe");
    Objects.requireNonNull(days, "days");
    Objects.requireNonNull(rebalance, "rebalance");
  }

  private static boolean isShare(Symbol symbol) {
    return MarketRuleBook.boardOf(symbol)
        .filter(board -> board != Board.SSE_FUND && board != Board.SZSE_FUND)
        .isPresent();
  }

  /** The same with other shares, for example {@code index::contains}. */
  public TargetSettings universe(Predicate<Symbol> other) {
    return new TargetSettings(other, days, rebalance);
  }

  /** The same on other days. */
  public TargetSettings days(RebalanceDays other) {
    return new TargetSettings(universe, other, rebalance);
  }

  /** The same with orders made in another way. */
  public TargetSettings rebalance(Rebalance other) {
    return new TargetSettings(universe, days, other);
  }
}

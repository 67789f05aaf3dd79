package io.qilin.core.factor;

import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.LimitUpFact;
import io.qilin.core.rules.LimitUpFacts;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * Which shares could be bought. Asked for the factor's day T, answered for the moment from which the outcome counts: with
 * {@link Horizon#ofDays} the close of the session after T. It judges a study after the fact and is no input of a decision.
 */
@FunctionalInterface
public interface Tradability {
  /**
   * Whether an order that follows the factor of the day could be filled.
   *
   * @param symbol the share
   * @param day the factor's day T
   */
  boolean buyable(Symbol symbol, LocalDate day);

  /**
   * From daily bars and the rule book: bought at the close of the next day of the panel. Not buyable are shares that did
   * not trade on that day (停牌) or closed at limit-up (涨停封板), and what the panel does not hold: the share, the day, or a day
   * after it. Where the price limits are not known a share that traded counts as buyable.
   */
  static Tradability atNextClose(LimitUpFacts facts) {
    Objects.requireNonNull(facts, "facts");
    Panel panel = facts.panel();
    return (symbol, day) -> {
      Optional<Integer> instrument = panel.find(symbol);
      int next = DayPlaces.of(panel, day) + 1;
      if (instrument.isEmpty() || next == 0 || next == panel.days().size()) {
        return false;
      }
      LimitUpFact fact = facts.at(instrument.get(), next);
      return fact.traded() && !fact.sealed();
    };
  }
}

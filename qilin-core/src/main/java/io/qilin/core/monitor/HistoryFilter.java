package io.qilin.core.monitor;

import io.qilin.api.market.Symbol;
import io.qilin.api.trading.Side;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which records are wanted: those that fit every part that is there. Immutable.
 *
 * @param strategy of this strategy only
 * @param symbol of this share only
 * @param action purchases or sales only
 * @param from not before this moment
 * @param until before this moment
 */
public record HistoryFilter(
    Optional<String> strategy,
    Optional<Symbol> symbol,
    Optional<Side> action,
    Optional<Instant> from,
    Optional<Instant> until) {
  /** All records. */
  public static final HistoryFilter ALL = new HistoryFilter(
      Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** Checks that every part is there. */
  public HistoryFilter {
    Objects.requireNonNull(strategy, "strategy");
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(until, "until");
  }

  /** The same, of one strategy only. */
  public HistoryFilter ofStrategy(String name) {
    return new HistoryFilter(Optional.of(name), symbol, action, from, until);
  }

  /** The same, of one share only. */
  public HistoryFilter ofSymbol(Symbol share) {
    return new HistoryFilter(strategy, Optional.of(share), action, from, until);
  }

  /** The same, purchases or sales only. */
  public HistoryFilter ofAction(Side side) {
    return new HistoryFilter(strategy, symbol, Optional.of(side), from, until);
  }

  /**
   * The same, of a span of time only.
   *
   * @param first not before this moment
   * @param end before this moment
   */
  public HistoryFilter between(Instant first, Instant end) {
    return new HistoryFilter(strategy, symbol, action, Optional.of(first), Optional.of(end));
  }

  /** Whether the trade is wanted. */
  public boolean wants(TradeEvent trade) {
    return fits(trade.strategy(), trade.at())
        && symbol.map(trade.symbol()::equals).orElse(true)
        && action.map(trade.action()::equals).orElse(true);
  }

  /** Whether the value is wanted; it has no symbol and no action, so a filter with one wants none. */
  public boolean wants(PortfolioValue value) {
    return fits(value.strategy(), value.at()) && symbol.isEmpty() && action.isEmpty();
  }

  private boolean fits(String name, Instant at) {
    return strategy.map(name::equals).orElse(true)
        && from.map(first -> !at.isBefore(first)).orElse(true)
        && until.map(at::isBefore).orElse(true);
  }
}

package io.qilin.ops.metrics;

import io.qilin.api.market.Symbol;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Which trades are asked for; what is empty does not matter. Immutable.
 *
 * @param strategy whose
 * @param symbol of which share
 * @param action what was done, upper case
 */
public record TradeFilter(
    Optional<String> strategy, Optional<Symbol> symbol, Optional<String> action) {
  /** All trades. */
  public static final TradeFilter ALL =
      new TradeFilter(Optional.empty(), Optional.empty(), Optional.empty());

  /** Raises the action. */
  public TradeFilter {
    Objects.requireNonNull(strategy, "strategy");
    Objects.requireNonNull(symbol, "symbol");
    action = action.map(text -> text.toUpperCase(Locale.ROOT));
  }

  /** The same, of one strategy. */
  public TradeFilter withStrategy(String name) {
    return new TradeFilter(Optional.of(name), symbol, action);
  }

  /** The same, of one share. */
  public TradeFilter withSymbol(Symbol share) {
    return new TradeFilter(strategy, Optional.of(share), action);
  }

  /** The same, of one action. */
  public TradeFilter withAction(String name) {
    return new TradeFilter(strategy, symbol, Optional.of(name));
  }

  /** Whether a trade is asked for. */
  public boolean matches(TradeEvent trade) {
    return strategy.map(trade.strategy()::equals).orElse(true)
        && symbol.map(trade.symbol()::equals).orElse(true)
        && action.map(trade.action()::equals).orElse(true);
  }
}

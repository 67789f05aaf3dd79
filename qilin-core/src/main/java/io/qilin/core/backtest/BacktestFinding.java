package io.qilin.core.backtest;

import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * Something in the data or the strategy that a reader of the report should know.
 *
 * @param day when
 * @param symbol the share, if it concerns one
 * @param rule what kind of thing it is, kebab-case, for example {@code beyond-limits}
 * @param message what was found, one line
 */
public record BacktestFinding(LocalDate day, Optional<Symbol> symbol, String rule, String message) {
  /** Checks that every part is there. */
  public BacktestFinding {
    Objects.requireNonNull(day, "day");
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(message, "message");
  }
}

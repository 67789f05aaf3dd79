package io.qilin.core.adjust;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Symbol;
import java.util.Objects;
import java.util.Optional;

/**
 * A share whose prices are said to be raw, but cannot be.
 *
 * @param symbol the share
 * @param seen how they are probably adjusted; empty if that does not show
 * @param why what shows it, one line
 */
public record AdjustedShare(Symbol symbol, Optional<Adjustment> seen, String why) {
  /** Checks the parts. */
  public AdjustedShare {
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(seen, "seen");
    Objects.requireNonNull(why, "why");
  }

  @Override
  public String toString() {
    return symbol + " looks " + seen.map(s -> s + "-adjusted").orElse("adjusted") + ": " + why;
  }
}

package io.qilin.ops.metrics;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

/**
 * A trade of a strategy, as a monitor sees it. Immutable.
 *
 * @param at when
 * @param strategy whose, 1 to 128 characters
 * @param symbol the share
 * @param action what was done, upper-case letters, digits and {@code _}, for example {@code BUY}; lower case is raised
 * @param price yuan per share, positive
 * @param shares how many, positive
 */
public record TradeEvent(
    Instant at, String strategy, Symbol symbol, String action, BigDecimal price, long shares) {
  private static final int LONGEST_STRATEGY = 128;
  private static final int LONGEST_ACTION = 32;

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for one that cannot be
   */
  public TradeEvent {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(price, "price");
    if (strategy.isBlank() || strategy.length() > LONGEST_STRATEGY) {
      throw QilinException.invalid("a strategy's name has 1 to " + LONGEST_STRATEGY
          + " characters, was " + QilinException.quote(strategy));
    }
    action = raised(action);
    if (price.signum() <= 0 || shares <= 0) {
      throw QilinException.invalid("price and shares of a trade are positive, were "
          + QilinException.quote(price.toString()) + " and " + shares);
    }
  }

  private static String raised(String action) {
    String upper = action.length() > LONGEST_ACTION ? action : action.toUpperCase(Locale.ROOT);
    boolean fits = !upper.isEmpty()
        && upper.length() <= LONGEST_ACTION
        && upper
            .chars()
            .allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_');
    if (!fits) {
      throw QilinException.invalid("an action has 1 to " + LONGEST_ACTION
          + " letters, digits or _, was " + QilinException.quote(action));
    }
    return upper;
  }
}

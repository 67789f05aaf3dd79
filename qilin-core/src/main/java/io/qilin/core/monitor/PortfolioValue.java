package io.qilin.core.monitor;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.Objects;

/**
 * What the account of one strategy was worth at one moment.
 *
 * @param at when
 * @param strategy whose, 1 to 64 visible characters on one line
 * @param value cash and positions in yuan, finite
 * @param cash the cash in it in yuan, finite
 * @param positions how many shares (instruments) are held, not negative
 */
public record PortfolioValue(
    Instant at, String strategy, double value, double cash, int positions) {
  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for a strategy of another form, an amount that is not
   *     finite or a negative count
   */
  public PortfolioValue {
    Objects.requireNonNull(at, "at");
    StrategyName.check(strategy);
    if (!Double.isFinite(value) || !Double.isFinite(cash) || positions < 0) {
      throw QilinException.invalid("a portfolio has finite amounts and no negative count, was "
          + value + " yuan, " + cash + " of it cash, " + positions + " positions");
    }
  }
}

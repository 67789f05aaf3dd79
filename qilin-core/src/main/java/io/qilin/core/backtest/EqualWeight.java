package io.qilin.core.backtest;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.trading.Portfolio;
import io.qilin.core.backtest.Picks.Pick;
import io.qilin.core.portfolio.TargetWeights;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Holds every share of the universe that traded on the day of the decision, all with the same
 * weight. A held share that is suspended is kept until it trades.
 *
 * @param invested what all weights add up to, in (0, 1]
 * @param settings the universe, the days and the way to orders
 */
public record EqualWeight(double invested, TargetSettings settings) implements TargetStrategy {
  /**
   * Checks the fraction.
   *
   * @throws QilinException INVALID_ARGUMENT for a fraction outside (0, 1]
   */
  public EqualWeight {
    Objects.requireNonNull(settings, "settings");
    if (!(invested > 0 && invested <= 1)) {
      throw QilinException.invalid("invested is a fraction in (0, 1], was " + invested);
    }
  }

  /** The k shares with the highest scores, all with the same weight. */
  public static TopK top(Signal signal, int k, double invested, TargetSettings settings) {
    return new TopK(signal, k, Weighting.EQUAL, invested, settings);
  }

  @Override
  public Target target(Panel history, Portfolio portfolio) {
    Picks picks = Picks.all(history, settings.universe());
    if (picks.picks().isEmpty()) {
      return Target.keep(picks.findings());
    }
    Map<Symbol, Double> parts = new TreeMap<>();
    Map<Symbol, String> reasons = new TreeMap<>();
    for (Pick pick : picks.picks()) {
      parts.put(pick.symbol(), 1.0);
      reasons.put(pick.symbol(), pick.reason());
    }
    return Target.of(TargetWeights.proportional(parts, invested, 1), reasons, picks.findings());
  }
}

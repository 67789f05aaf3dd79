package io.qilin.core.backtest;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.trading.Portfolio;
import io.qilin.core.backtest.Picks.Pick;
import io.qilin.core.portfolio.Covariance;
import io.qilin.core.portfolio.ReturnWindow;
import io.qilin.core.portfolio.Shrinkage;
import io.qilin.core.portfolio.TargetWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Holds the k shares with the highest scores. Each of the k places has its part of the account: a
 * place that nobody takes, for want of a score or of data, stays cash. A day without any score
 * changes nothing.
 *
 * @param signal the scores; {@code NaN} and infinite ones count as none
 * @param k how many shares, at least 1
 * @param weighting how the account is divided among them
 * @param invested what the weights add up to when all k places are taken, in (0, 1]
 * @param settings the universe, the days and the way to orders
 */
public record TopK(
    Signal signal, int k, Weighting weighting, double invested, TargetSettings settings)
    implements TargetStrategy {
  private static final int VOLATILITY_DAYS = 60;
  private static final int KNOWN_DAYS = 30;

  /**
   * Checks the numbers.
   *
   * @throws QilinException INVALID_ARGUMENT for a k below 1 or a fraction outside (0, 1]
   */
  public TopK {
    Objects.requireNonNull(signal, "signal");
    Objects.requireNonNull(weighting, "weighting");
    Objects.requireNonNull(settings, "settings");
    if (k < 1 || !(invested > 0 && invested <= 1)) {
      throw QilinException.invalid(
          "k is at least 1 and invested a fraction in (0, 1], were " + k + " and " + invested);
    }
  }

  @Override
  public Target target(Panel history, Portfolio portfolio) {
    Picks picks = Picks.top(history, settings.universe(), signal, k);
    if (picks.picks().isEmpty()) {
      return Target.keep(picks.findings());
    }
    List<BacktestFinding> findings = new ArrayList<>(picks.findings());
    Map<Symbol, String> reasons = new TreeMap<>();
    picks.picks().forEach(pick -> reasons.put(pick.symbol(), pick.reason()));
    Map<Symbol, Double> parts = parts(history, picks, findings);
    if (parts.isEmpty()) {
      return Target.keep(findings);
    }
    double total = invested * parts.size() / k;
    return Target.of(TargetWeights.proportional(parts, total, 1), reasons, findings);
  }

  private Map<Symbol, Double> parts(Panel history, Picks picks, List<BacktestFinding> findings) {
    Map<Symbol, Double> parts = new TreeMap<>();
    if (weighting == Weighting.INVERSE_VOLATILITY) {
      ReturnWindow window = ReturnWindow.of(history, picks.symbols(), VOLATILITY_DAYS, KNOWN_DAYS);
      window
          .leftOut()
          .forEach((symbol, why) -> findings.add(finding(history, symbol, "no-volatility", why)));
      if (!window.symbols().isEmpty()) {
        Covariance sample = Shrinkage.NONE.estimate(window).covariance();
        window.symbols().forEach(symbol -> parts.put(symbol, 1 / sample.volatility(symbol)));
      }
      return parts;
    }
    for (Pick pick : picks.picks()) {
      boolean bySize = weighting == Weighting.SCORE;
      if (bySize && pick.score() <= 0) {
        findings.add(
            finding(history, pick.symbol(), "score-not-positive", "score " + pick.score()));
      } else {
        parts.put(pick.symbol(), bySize ? pick.score() : 1.0);
      }
    }
    return parts;
  }

  private static BacktestFinding finding(
      Panel history, Symbol symbol, String rule, String message) {
    return new BacktestFinding(history.lastDay(), Optional.of(symbol), rule, message);
  }
}

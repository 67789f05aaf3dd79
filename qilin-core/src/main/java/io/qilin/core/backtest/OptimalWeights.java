package io.qilin.core.backtest;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.trading.Portfolio;
import io.qilin.core.backtest.Picks.Pick;
import io.qilin.core.portfolio.Covariance;
import io.qilin.core.portfolio.LastPrice;
import io.qilin.core.portfolio.Optimum;
import io.qilin.core.portfolio.PortfolioOptimizer;
import io.qilin.core.portfolio.ReturnWindow;
import io.qilin.core.portfolio.Shrinkage;
import io.qilin.core.portfolio.TargetWeights;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Holds the k shares with the highest scores with the weights that an optimiser gives them: the
 * covariance is that of their last daily returns, shrunk, and the scores are the expected returns
 * of {@link PortfolioOptimizer#meanVariance}; the other optimisers do not look at them.
 *
 * <p>A chosen share with too few returns is left out and reported. Where no weights keep to the
 * optimiser's limits, as its caps are too low for the number of shares, the error of the optimiser
 * is thrown. Immutable.
 */
public final class OptimalWeights implements TargetStrategy {
  private final Signal signal;
  private final int k;
  private final PortfolioOptimizer optimizer;
  private final ExpectedReturns expected;
  private final Shrinkage shrinkage;
  private final int returnDays;
  private final int minimumReturns;
  private final TargetSettings settings;

  private OptimalWeights(Builder builder) {
    signal = builder.signal;
    k = builder.k;
    optimizer = builder.optimizer;
    expected = builder.expected;
    shrinkage = builder.shrinkage;
    returnDays = builder.returnDays;
    minimumReturns = builder.minimumReturns;
    settings = builder.settings;
  }

  /**
   * Starts a strategy.
   *
   * @param signal which shares to choose; {@code NaN} and infinite scores count as none
   * @param k how many shares, at least 2
   * @param optimizer how they are weighted, and within which limits
   * @throws QilinException INVALID_ARGUMENT for a k below 2
   */
  public static Builder builder(Signal signal, int k, PortfolioOptimizer optimizer) {
    return new Builder(signal, k, optimizer);
  }

  @Override
  public TargetSettings settings() {
    return settings;
  }

  @Override
  public Target target(Panel history, Portfolio portfolio) {
    Picks picks = Picks.top(history, settings.universe(), signal, k);
    List<BacktestFinding> findings = new ArrayList<>(picks.findings());
    ReturnWindow window = ReturnWindow.of(history, picks.symbols(), returnDays, minimumReturns);
    window
        .leftOut()
        .forEach((symbol, why) -> findings.add(
            new BacktestFinding(history.lastDay(), Optional.of(symbol), "too-few-returns", why)));
    if (window.symbols().isEmpty()) {
      return Target.keep(findings);
    }
    Covariance covariance = shrinkage.estimate(window).covariance();
    Map<Symbol, Double> scores = new TreeMap<>();
    Map<Symbol, String> reasons = new TreeMap<>();
    for (Pick pick : picks.picks()) {
      if (!window.leftOut().containsKey(pick.symbol())) {
        scores.put(pick.symbol(), pick.score());
        reasons.put(pick.symbol(), pick.reason() + ", " + optimizer);
      }
    }
    Optimum optimum =
        optimizer.solve(covariance, expected.of(scores, covariance), current(history, portfolio));
    return Target.of(optimum.weights(), reasons, findings);
  }

  /** What is held, at the last closes. */
  private static TargetWeights current(Panel history, Portfolio portfolio) {
    Map<Symbol, Double> values = new TreeMap<>();
    double equity = portfolio.cash().yuan().doubleValue();
    for (Symbol symbol : portfolio.holdings().keySet()) {
      Optional<LastPrice> price = LastPrice.of(history, symbol);
      if (price.isPresent()) {
        BigDecimal shares = BigDecimal.valueOf(portfolio.shares(symbol));
        double value = price.get().yuan().multiply(shares).doubleValue();
        values.put(symbol, value);
        equity += value;
      }
    }
    double account = equity;
    values.replaceAll((symbol, value) -> value / account);
    return TargetWeights.of(values);
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private final Signal signal;
    private final int k;
    private final PortfolioOptimizer optimizer;
    private ExpectedReturns expected = ExpectedReturns.asScored();
    private Shrinkage shrinkage = Shrinkage.LEDOIT_WOLF_CONSTANT_CORRELATION;
    private int returnDays = 120;
    private int minimumReturns = 60;
    private TargetSettings settings = TargetSettings.DEFAULT;

    private Builder(Signal signal, int k, PortfolioOptimizer optimizer) {
      this.signal = Objects.requireNonNull(signal, "signal");
      this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
      this.k = k;
      if (k < 2) {
        throw QilinException.invalid("an optimiser weighs 2 shares or more, was " + k);
      }
    }

    /** What a score means; the expected daily return itself unless set. */
    public Builder expected(ExpectedReturns meaning) {
      expected = Objects.requireNonNull(meaning, "expected");
      return this;
    }

    /** How the covariance is estimated; {@code LEDOIT_WOLF_CONSTANT_CORRELATION} unless set. */
    public Builder shrinkage(Shrinkage wanted) {
      shrinkage = Objects.requireNonNull(wanted, "shrinkage");
      return this;
    }

    /**
     * How many days of returns are looked at and how many a share must have; 120 and 60 unless set.
     *
     * @throws QilinException INVALID_ARGUMENT unless 2 ≤ minimum ≤ days
     */
    public Builder returns(int days, int minimum) {
      if (minimum < 2 || minimum > days) {
        throw QilinException.invalid("a share must have from 2 returns to as many as there are"
            + " days, were " + minimum + " of " + days);
      }
      returnDays = days;
      minimumReturns = minimum;
      return this;
    }

    /** The universe, the days and the way to orders; {@link TargetSettings#DEFAULT} unless set. */
    public Builder settings(TargetSettings wanted) {
      settings = Objects.requireNonNull(wanted, "settings");
      return this;
    }

    /** The strategy. */
    public OptimalWeights build() {
      return new OptimalWeights(this);
    }
  }
}

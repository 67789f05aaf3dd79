package io.qilin.core.portfolio;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Long-only weights from the covariance of returns, and for {@link #meanVariance} from expected
 * returns, within {@link WeightLimits}.
 *
 * <p>{@link #meanVariance} and {@link #minimumVariance} are quadratic programs, solved exactly up
 * to rounding; their optimum is the best of all weights within the limits. {@link #riskParity} and
 * {@link #inverseVolatility} fix weights by a rule; where the cap of a share binds, what it takes
 * goes to the other shares in proportion, and sector caps and a turnover penalty are refused.
 *
 * <p>The result depends on the inputs alone. Immutable and safe to share.
 */
public final class PortfolioOptimizer {
  /** What is to be done with valid input. */
  private interface Method {
    TargetWeights weights(Covariance covariance, double[] expected, TargetWeights current);
  }

  private final String text;
  private final WeightLimits limits;
  private final Method method;

  private PortfolioOptimizer(String text, WeightLimits limits, Method method) {
    this.text = text;
    this.limits = Objects.requireNonNull(limits, "limits");
    this.method = method;
  }

  /**
   * The largest w'μ − ½ λ w'Σw − κ Σ|w − current|, with κ the turnover penalty.
   *
   * <p>Source: H. Markowitz, Portfolio selection, J. Finance 7 (1952).
   *
   * @param riskAversion λ, positive and finite; 2 to 10 is usual
   * @throws QilinException INVALID_ARGUMENT for another risk aversion
   */
  public static PortfolioOptimizer meanVariance(double riskAversion, WeightLimits limits) {
    if (!(riskAversion > 0 && riskAversion < Double.POSITIVE_INFINITY)) {
      throw QilinException.invalid("riskAversion is a positive finite number, was " + riskAversion);
    }
    return new PortfolioOptimizer(
        "mean-variance, risk aversion " + riskAversion,
        limits,
        (covariance, expected, current) ->
            QuadraticWeights.of(covariance, expected, riskAversion, current, limits));
  }

  /** The smallest ½ w'Σw + κ Σ|w − current|, with κ the turnover penalty. */
  public static PortfolioOptimizer minimumVariance(WeightLimits limits) {
    return new PortfolioOptimizer(
        "minimum variance",
        limits,
        (covariance, expected, current) ->
            QuadraticWeights.of(covariance, new double[expected.length], 1, current, limits));
  }

  /**
   * Every share contributes the same to the variance: w_i·(Σw)_i is equal for all.
   *
   * @throws QilinException UNSUPPORTED for sector caps or a turnover penalty
   */
  public static PortfolioOptimizer riskParity(WeightLimits limits) {
    return new PortfolioOptimizer(
        "risk parity",
        plain(limits, "risk parity"),
        (covariance, expected, current) ->
            byParts(covariance, EqualRisk.parts(varying(covariance)), limits));
  }

  /**
   * Weights in proportion to one over the volatility.
   *
   * @throws QilinException UNSUPPORTED for sector caps or a turnover penalty
   */
  public static PortfolioOptimizer inverseVolatility(WeightLimits limits) {
    return new PortfolioOptimizer(
        "inverse volatility",
        plain(limits, "inverse volatility"),
        (covariance, expected, current) -> {
          varying(covariance);
          double[] parts = new double[covariance.symbols().size()];
          for (int i = 0; i < parts.length; i++) {
            parts[i] = 1 / Math.sqrt(covariance.value(i, i));
          }
          return byParts(covariance, parts, limits);
        });
  }

  private static WeightLimits plain(WeightLimits limits, String method) {
    if (!limits.sectorCaps().isEmpty() || limits.turnoverPenalty() > 0) {
      throw new QilinException(
          ErrorCode.UNSUPPORTED,
          method + " fixes the weights by a rule and takes neither sector caps nor a turnover"
              + " penalty; use meanVariance or minimumVariance, or the no-trade band of Rebalance");
    }
    return limits;
  }

  private static Covariance varying(Covariance covariance) {
    for (int i = 0; i < covariance.symbols().size(); i++) {
      if (!(covariance.value(i, i) > 0)) {
        throw QilinException.invalid("the return of " + covariance.symbols().get(i)
            + " never varies, so it has no weight by its risk; leave it out");
      }
    }
    return covariance;
  }

  private static TargetWeights byParts(Covariance covariance, double[] parts, WeightLimits limits) {
    SortedMap<Symbol, Double> named = new TreeMap<>();
    for (int i = 0; i < parts.length; i++) {
      named.put(covariance.symbols().get(i), parts[i]);
    }
    return TargetWeights.proportional(named, limits.invested(), limits.nameCap());
  }

  /** The limits. */
  public WeightLimits limits() {
    return limits;
  }

  /**
   * The best weights, from cash and without expected returns.
   *
   * @throws QilinException as the other one
   */
  public Optimum solve(Covariance covariance) {
    return solve(covariance, Map.of(), TargetWeights.CASH);
  }

  /**
   * The best weights for the shares of the covariance.
   *
   * @param covariance per period
   * @param expected expected return a period by share, finite; 0 for a share that is not named, no
   *     others than the covariance has
   * @param current what is held now, for the turnover; shares that the covariance lacks count as
   *     sold
   * @throws QilinException INVALID_ARGUMENT for an expected return that is not finite or of an
   *     unknown share, and if no weights keep to the limits: the message names the limit and what
   *     would do; UNKNOWN if the optimiser fails
   */
  public Optimum solve(Covariance covariance, Map<Symbol, Double> expected, TargetWeights current) {
    List<Symbol> symbols = covariance.symbols();
    SortedMap<Symbol, Double> returns = new TreeMap<>(expected);
    double[] mean = new double[symbols.size()];
    for (int i = 0; i < mean.length; i++) {
      Double known = returns.remove(symbols.get(i));
      mean[i] = known == null ? 0 : known;
      if (!Double.isFinite(mean[i])) {
        throw QilinException.invalid("the expected return of " + symbols.get(i)
            + " is a finite number, was " + mean[i] + "; leave the share out");
      }
    }
    if (!returns.isEmpty()) {
      throw QilinException.invalid(returns.firstKey()
          + " has an expected return, but is not among the " + symbols.size()
          + " shares of the covariance");
    }
    TargetWeights weights = method.weights(covariance, mean, current);
    double earned = 0;
    for (int i = 0; i < mean.length; i++) {
      earned += mean[i] * weights.of(symbols.get(i));
    }
    double variance = Math.max(0, covariance.variance(weights));
    return new Optimum(weights, earned, Math.sqrt(variance), turnover(weights, current));
  }

  private static double turnover(TargetWeights weights, TargetWeights current) {
    List<Symbol> all = new ArrayList<>(weights.weights().keySet());
    current.weights().keySet().stream().filter(s -> weights.of(s) == 0).forEach(all::add);
    return all.stream()
        .sorted()
        .mapToDouble(symbol -> Math.abs(weights.of(symbol) - current.of(symbol)))
        .sum();
  }

  /** For example {@code minimum variance}. */
  @Override
  public String toString() {
    return text;
  }
}

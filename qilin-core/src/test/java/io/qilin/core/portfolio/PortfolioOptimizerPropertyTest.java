package io.qilin.core.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.market.Symbol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The optimum of random problems, many of them with a singular covariance. */
class PortfolioOptimizerPropertyTest {
  @Property(tries = 300)
  void whenAQuadraticProblemIsSolved_thenNoExchangeOfWeightGains(
      @ForAll @IntRange(min = 2, max = 40) int shares,
      @ForAll @IntRange(min = 1, max = 8) int factors,
      @ForAll @IntRange(max = 7) int kind,
      @ForAll long seed) {
    boolean singular = (kind & 1) != 0;
    SplittableRandom random = new SplittableRandom(seed);
    Covariance covariance = Shares.random(shares, factors, singular ? 0 : 1e-4, seed);
    WeightLimits.Builder builder = WeightLimits.builder()
        .invested(0.5 + random.nextDouble() / 2)
        .nameCap(Math.min(1, 1.0 / shares * (1 + 3 * random.nextDouble())));
    if ((kind & 2) != 0) {
      sectors(builder, covariance.symbols());
    }
    Map<Symbol, Double> held = new HashMap<>();
    if ((kind & 4) != 0) {
      builder.turnoverPenalty(0.002 * random.nextDouble());
      covariance.symbols().forEach(s -> held.put(s, random.nextInt(2) / (double) shares));
    }
    WeightLimits limits = builder.build();
    TargetWeights current = TargetWeights.of(held);
    Map<Symbol, Double> expected = new HashMap<>();
    covariance.symbols().forEach(s -> expected.put(s, 0.002 * (random.nextDouble() - 0.5)));
    double aversion = Math.pow(10, 2 * random.nextDouble());

    TargetWeights weights = PortfolioOptimizer.meanVariance(aversion, limits)
        .solve(covariance, expected, current)
        .weights();

    assertThat(weights.invested()).isCloseTo(limits.invested(), within(1e-9));
    assertThat(weights.weights().values())
        .allSatisfy(weight -> assertThat(weight).isBetween(0.0, limits.nameCap() + 1e-10));
    double[] w = covariance.symbols().stream().mapToDouble(weights::of).toArray();
    limits
        .sectorCaps()
        .forEach(
            (sector, cap) -> assertThat(ExchangeGain.sum(covariance.symbols(), w, limits, sector))
                .isLessThanOrEqualTo(cap + 1e-9));
    assertThat(ExchangeGain.of(covariance, aversion, expected, current, limits, weights))
        .isLessThan(1e-7);
  }

  private static void sectors(WeightLimits.Builder builder, List<Symbol> symbols) {
    Map<Symbol, String> sectors = new HashMap<>();
    for (int i = 0; i < symbols.size(); i++) {
      sectors.put(symbols.get(i), i % 3 == 0 ? "x" : "y");
    }
    builder.sectors(sectors).sectorCap("x", 0.3).nameCap(1);
  }

  @Property(tries = 200)
  void whenRiskIsShared_thenEveryShareContributesTheSame(
      @ForAll @IntRange(min = 1, max = 40) int shares,
      @ForAll @IntRange(min = 1, max = 8) int factors,
      @ForAll long seed) {
    Covariance covariance = Shares.random(shares, factors, 1e-6, seed);

    TargetWeights weights =
        PortfolioOptimizer.riskParity(WeightLimits.DEFAULT).solve(covariance).weights();

    double[] w = covariance.symbols().stream().mapToDouble(weights::of).toArray();
    double[] risk = covariance.times(w);
    double variance = Vectors.dot(w, risk);
    for (int i = 0; i < shares; i++) {
      assertThat(w[i] * risk[i] / variance).isCloseTo(1.0 / shares, within(1e-10));
    }
  }

  @Property(tries = 100)
  void whenPartsAreCapped_thenTheRestStaysInProportion(
      @ForAll @IntRange(min = 1, max = 20) int shares, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Symbol, Double> parts = new HashMap<>();
    Shares.of(shares).forEach(s -> parts.put(s, Math.pow(10, 3 * random.nextDouble())));
    double total = 0.2 + 0.8 * random.nextDouble();
    double cap = Math.min(1, total / shares * (1 + 2 * random.nextDouble()));

    TargetWeights weights = TargetWeights.proportional(parts, total, cap);

    assertThat(weights.invested()).isCloseTo(total, within(1e-12));
    double ratio = Double.NaN;
    double highest = 0;
    for (Symbol symbol : Shares.of(shares)) {
      double weight = weights.of(symbol);
      assertThat(weight).isLessThanOrEqualTo(cap);
      highest = Math.max(highest, weight < cap ? weight / parts.get(symbol) : 0);
      if (weight < cap) {
        ratio = Double.isNaN(ratio) ? weight / parts.get(symbol) : ratio;
        assertThat(weight / parts.get(symbol)).isCloseTo(ratio, within(1e-12 * ratio));
      }
    }
    for (Symbol symbol : Shares.of(shares)) {
      if (weights.of(symbol) == cap) {
        assertThat(parts.get(symbol) * highest)
            .isGreaterThanOrEqualTo(highest == 0 ? 0 : cap * (1 - 1e-12));
      }
    }
  }
}

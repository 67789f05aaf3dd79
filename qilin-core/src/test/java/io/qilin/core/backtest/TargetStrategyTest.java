package io.qilin.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Portfolio;
import io.qilin.core.portfolio.Covariance;
import io.qilin.core.portfolio.PortfolioOptimizer;
import io.qilin.core.portfolio.ReturnWindow;
import io.qilin.core.portfolio.Shrinkage;
import io.qilin.core.portfolio.TargetWeights;
import io.qilin.core.portfolio.WeightLimits;
import io.qilin.testkit.Panels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TargetStrategyTest {
  private static final Panel PANEL = StrategyMarket.PANEL;
  private static final List<Symbol> SHARES = StrategyMarket.SHARES;
  private static final int N = SHARES.size();
  private static final Portfolio CASH = StrategyMarket.CASH;
  private static final TargetSettings DEFAULT = TargetSettings.DEFAULT;

  /** The share at place i has the score i. */
  private static final Signal RISING = history -> {
    double[] out = new double[history.symbols().size()];
    Arrays.setAll(out, i -> i);
    return out;
  };

  private static TargetWeights weights(TargetStrategy strategy) {
    return strategy.target(PANEL, CASH).weights().orElseThrow();
  }

  @Test
  void whenWeightsAreEqual_thenEveryShareThatTradedHasOne() {
    Panel suspended = Panels.random(12, 60, 0.3, 8);
    long traded = suspended.symbols().stream()
        .filter(s -> suspended.value(io.qilin.api.market.Field.CLOSE, suspended.indexOf(s), 59) > 0)
        .count();

    TargetWeights weights =
        new EqualWeight(0.9, DEFAULT).target(suspended, CASH).weights().orElseThrow();

    assertThat(traded).isBetween(2L, 11L);
    assertThat(weights.weights()).hasSize((int) traded);
    assertThat(weights.weights().values())
        .allSatisfy(w -> assertThat(w).isCloseTo(0.9 / traded, within(1e-15)));
  }

  @Test
  void whenTheTopAreEqual_thenTheBestAreBoughtWithTheirRanks() {
    TopK strategy = EqualWeight.top(RISING, 3, 0.9, DEFAULT);

    StrategyPlan plan = strategy.plan(PANEL, CASH);

    assertThat(plan.findings()).isEmpty();
    assertThat(plan.orders()).hasSize(3).isEqualTo(strategy.orders(PANEL, CASH));
    assertThat(plan.orders())
        .extracting(PlannedOrder::symbol)
        .containsExactlyElementsOf(SHARES.subList(N - 3, N));
    assertThat(plan.orders().get(2).reason())
        .contains("target 30.00 %", "rank 1 of " + N, "score " + (N - 1));
  }

  @Test
  void whenScoresAreEqual_thenTheSmallerSymbolIsFirst() {
    Signal flat = history -> new double[history.symbols().size()];
    assertThat(weights(EqualWeight.top(flat, 2, 1, DEFAULT)).weights())
        .containsOnlyKeys(SHARES.get(0), SHARES.get(1));
  }

  @Test
  void whenWeightedByScore_thenInProportionAndNothingForTheRest() {
    double[] scores = new double[N];
    Arrays.fill(scores, Double.NaN);
    scores[0] = 3;
    scores[1] = 1;
    scores[2] = -2;
    scores[3] = Double.POSITIVE_INFINITY;

    Target target = new TopK(StrategyMarket.scores(scores), 3, Weighting.SCORE, 0.9, DEFAULT)
        .target(PANEL, CASH);

    TargetWeights weights = target.weights().orElseThrow();
    assertThat(weights.weights()).containsOnlyKeys(SHARES.get(0), SHARES.get(1));
    assertThat(weights.of(SHARES.get(0))).isCloseTo(0.45, within(1e-12));
    assertThat(weights.of(SHARES.get(1))).isCloseTo(0.15, within(1e-12));
    assertThat(target.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.rule()).isEqualTo("score-not-positive"))
        .satisfies(finding -> assertThat(finding.symbol()).contains(SHARES.get(2)));
  }

  @Test
  void whenWeightedByInverseVolatility_thenTheProductIsTheSame() {
    TargetWeights weights =
        weights(new TopK(RISING, 4, Weighting.INVERSE_VOLATILITY, 0.8, DEFAULT));

    ReturnWindow window = ReturnWindow.of(PANEL, SHARES.subList(N - 4, N), 60, 30);
    Covariance sample = Shrinkage.NONE.estimate(window).covariance();
    assertThat(window.symbols()).hasSizeGreaterThan(2);
    double product =
        weights.of(window.symbols().get(0)) * sample.volatility(window.symbols().get(0));
    for (Symbol symbol : window.symbols()) {
      assertThat(weights.of(symbol) * sample.volatility(symbol)).isCloseTo(product, within(1e-14));
    }
    assertThat(weights.invested()).isCloseTo(0.8 * window.symbols().size() / 4, within(1e-12));
  }

  @Test
  void whenKIsLargerThanTheUniverse_thenTheRestStaysCashAndThatIsSaid() {
    Target target = EqualWeight.top(RISING, 2 * N, 1, DEFAULT).target(PANEL, CASH);

    assertThat(target.weights().orElseThrow().invested()).isCloseTo(0.5, within(1e-12));
    assertThat(target.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.rule()).isEqualTo("fewer-than-k"))
        .satisfies(finding -> assertThat(finding.message()).contains("only " + N));
  }

  @Test
  void whenNoShareHasAScore_thenTheHoldingsAreKept() {
    Signal none = history -> {
      double[] out = new double[history.symbols().size()];
      Arrays.fill(out, Double.NaN);
      return out;
    };
    Portfolio held =
        StrategyMarket.after(EqualWeight.top(RISING, 3, 0.9, DEFAULT).orders(PANEL, CASH));

    StrategyPlan plan = EqualWeight.top(none, 3, 0.9, DEFAULT).plan(PANEL, held);

    assertThat(plan.orders()).isEmpty();
    assertThat(plan.findings()).extracting(BacktestFinding::rule).containsExactly("no-scores");
  }

  @Test
  void whenTheUniverseIsEmptyOrAllAreSuspended_thenTheHoldingsAreKept() {
    TargetSettings nobody = DEFAULT.universe(symbol -> false);
    Panel suspended = Panels.table(Adjustment.RAW, """
        day        symbol    close pre_close volume
        2024-01-02 600000.SH 10    10        100
        2024-01-03 600000.SH -     -         -
        """);
    List<StrategyPlan> plans = List.of(
        new EqualWeight(1, nobody).plan(PANEL, CASH),
        EqualWeight.top(RISING, 3, 1, nobody).plan(PANEL, CASH),
        optimal(PortfolioOptimizer.minimumVariance(WeightLimits.DEFAULT), nobody)
            .plan(PANEL, CASH),
        new EqualWeight(1, DEFAULT).plan(PANEL.only(symbol -> false), CASH),
        new EqualWeight(1, DEFAULT).plan(suspended, CASH));

    assertThat(plans).allSatisfy(plan -> {
      assertThat(plan.orders()).isEmpty();
      assertThat(plan.findings())
          .extracting(BacktestFinding::rule)
          .containsExactly("empty-universe");
    });
  }

  @Test
  void whenItIsNotTheDay_thenThereIsNoOrderUnlessNothingIsHeld() {
    TargetSettings never = DEFAULT.days(days -> false);
    TopK strategy = EqualWeight.top(RISING, 3, 0.9, never);

    List<PlannedOrder> first = strategy.orders(PANEL, CASH);

    assertThat(first).hasSize(3);
    assertThat(strategy.orders(PANEL, StrategyMarket.after(first))).isEmpty();
  }

  @Test
  void whenASignalHasAnotherLength_thenRefused() {
    assertInvalid(
        () -> EqualWeight.top(StrategyMarket.scores(1, 2), 3, 1, DEFAULT).orders(PANEL, CASH),
        "gave 2",
        PANEL.lastDay().toString());
  }

  @Test
  void whenNumbersAreBad_thenRefused() {
    assertInvalid(() -> new EqualWeight(1.5, DEFAULT), "1.5");
    assertInvalid(() -> EqualWeight.top(RISING, 0, 1, DEFAULT), "k is at least 1");
    assertInvalid(() -> EqualWeight.top(RISING, 1, Double.NaN, DEFAULT), "NaN");
    PortfolioOptimizer optimizer = PortfolioOptimizer.minimumVariance(WeightLimits.DEFAULT);
    assertInvalid(() -> OptimalWeights.builder(RISING, 1, optimizer), "2 shares");
    assertInvalid(() -> OptimalWeights.builder(RISING, 5, optimizer).returns(5, 6), "6 of 5");
    assertInvalid(() -> ExpectedReturns.ranked(2), "[-1, 1]");
  }

  private static OptimalWeights optimal(PortfolioOptimizer optimizer, TargetSettings settings) {
    return OptimalWeights.builder(RISING, 5, optimizer)
        .returns(60, 30)
        .settings(settings)
        .shrinkage(Shrinkage.OAS)
        .expected(ExpectedReturns.ranked(0.05))
        .build();
  }

  @Test
  void whenOptimised_thenTheWeightsAreTheOptimisersForTheBestShares() {
    PortfolioOptimizer optimizer = PortfolioOptimizer.meanVariance(
        4, WeightLimits.builder().invested(0.9).nameCap(0.4).build());
    ReturnWindow window = ReturnWindow.of(PANEL, SHARES.subList(N - 5, N), 60, 30);
    Covariance covariance = Shrinkage.OAS.estimate(window).covariance();
    Map<Symbol, Double> scores = new java.util.TreeMap<>();
    window.symbols().forEach(s -> scores.put(s, (double) SHARES.indexOf(s)));
    Map<Symbol, Double> expected = ExpectedReturns.ranked(0.05).of(scores, covariance);

    OptimalWeights strategy = optimal(optimizer, DEFAULT);
    StrategyPlan plan = strategy.plan(PANEL, CASH);

    assertThat(strategy.target(PANEL, CASH).weights())
        .contains(optimizer.solve(covariance, expected, TargetWeights.CASH).weights());
    assertThat(plan.orders())
        .isNotEmpty()
        .allSatisfy(order -> assertThat(order.reason()).contains("rank", "mean-variance"));
  }

  @Test
  void whenTurnoverIsDear_thenTheHoldingsDecide() {
    PortfolioOptimizer lazy = PortfolioOptimizer.minimumVariance(
        WeightLimits.builder().invested(0.9).turnoverPenalty(1).build());
    TargetStrategy strategy = optimal(lazy, DEFAULT);
    Symbol best = SHARES.get(N - 1);
    Portfolio held = StrategyMarket.after(
        List.of(PlannedOrder.of(best, io.qilin.api.trading.Side.BUY, 1_000_000, "")));

    TargetWeights weights = strategy.target(PANEL, held).weights().orElseThrow();

    double price = PANEL.value(io.qilin.api.market.Field.CLOSE, N - 1, 79);
    double current = 1e6 * price / (1e8 + 1e6 * price);
    assertThat(weights.of(best)).isGreaterThanOrEqualTo(Math.min(0.9, current) - 1e-9);
  }

  @Test
  void whenSharesHaveTooFewReturns_thenTheyAreLeftOutAndNamed() {
    TargetStrategy strategy = OptimalWeights.builder(
            RISING, 5, PortfolioOptimizer.minimumVariance(WeightLimits.DEFAULT))
        .returns(120, 81)
        .build();

    Target target = strategy.target(PANEL, CASH);

    assertThat(target.weights()).isEmpty();
    assertThat(target.findings())
        .hasSize(5)
        .allSatisfy(f -> assertThat(f.rule()).isEqualTo("too-few-returns"))
        .allSatisfy(f -> assertThat(f.message()).contains("needs 81"));
  }

  @Test
  void whenTheCapsLeaveNoRoom_thenTheOptimisersErrorIsThrown() {
    WeightLimits low = WeightLimits.builder().nameCap(0.01).build();
    assertInvalid(
        () -> optimal(PortfolioOptimizer.riskParity(low), DEFAULT).orders(PANEL, CASH),
        "nameCap 0.01");
  }

  @Test
  void whenRanked_thenEqualScoresExpectTheSameAndTheMeanIsZero() {
    Covariance covariance = Covariance.of(
        SHARES.subList(0, 3), new double[][] {{4e-4, 0, 0}, {0, 4e-4, 0}, {0, 0, 4e-4}});

    Map<Symbol, Double> out = ExpectedReturns.ranked(0.1)
        .of(Map.of(SHARES.get(0), 7.0, SHARES.get(1), 7.0, SHARES.get(2), -1.0), covariance);

    double high = 0.1 * 0.02 * Math.sqrt(0.5);
    assertThat(out.get(SHARES.get(0))).isCloseTo(high, within(1e-15));
    assertThat(out.get(SHARES.get(1))).isCloseTo(high, within(1e-15));
    assertThat(out.get(SHARES.get(2))).isCloseTo(-2 * high, within(1e-15));
    assertThat(ExpectedReturns.ranked(0.1)
            .of(Map.of(SHARES.get(0), 1.0, SHARES.get(1), 1.0), covariance)
            .values())
        .containsOnly(0.0);
  }

  private static void assertInvalid(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContainingAll(parts);
  }
}

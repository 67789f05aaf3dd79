package io.qilin.core.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PortfolioOptimizerTest {
  private static final WeightLimits WHOLE = WeightLimits.builder().invested(1).build();
  private static final Covariance TWO =
      Shares.covariance(new double[][] {{0.04, 0.006}, {0.006, 0.09}});
  private static final Symbol A = Shares.of(2).get(0);
  private static final Symbol B = Shares.of(2).get(1);

  @Test
  void whenTwoSharesHaveTheLeastVariance_thenTheClosedFormHolds() {
    double expected = (0.09 - 0.006) / (0.04 + 0.09 - 2 * 0.006);

    Optimum optimum = PortfolioOptimizer.minimumVariance(WHOLE).solve(TWO);

    assertThat(optimum.weights().of(A)).isCloseTo(expected, within(1e-10));
    assertThat(optimum.weights().invested()).isCloseTo(1, within(1e-10));
    double variance = expected * expected * 0.04
        + 2 * expected * (1 - expected) * 0.006
        + (1 - expected) * (1 - expected) * 0.09;
    assertThat(optimum.volatility()).isCloseTo(Math.sqrt(variance), within(1e-10));
    assertThat(optimum.turnover()).isCloseTo(1, within(1e-10));
  }

  @Test
  void whenTwoSharesHaveExpectedReturns_thenTheClosedFormHolds() {
    double lambda = 5;
    double expected = (0.09 - 0.006 + (0.02 - 0.05) / lambda) / (0.04 + 0.09 - 2 * 0.006);

    Optimum optimum = PortfolioOptimizer.meanVariance(lambda, WHOLE)
        .solve(TWO, Map.of(A, 0.02, B, 0.05), TargetWeights.CASH);

    assertThat(optimum.weights().of(A)).isCloseTo(expected, within(1e-9));
    assertThat(optimum.expectedReturn())
        .isCloseTo(expected * 0.02 + (1 - expected) * 0.05, within(1e-9));
  }

  @Test
  void whenASaleWouldBeBest_thenTheWeightIsZero() {
    Covariance covariance = Shares.covariance(new double[][] {{0.01, 0.018}, {0.018, 0.09}});

    TargetWeights weights =
        PortfolioOptimizer.minimumVariance(WHOLE).solve(covariance).weights();

    assertThat(weights.weights()).containsOnlyKeys(A);
    assertThat(weights.of(A)).isCloseTo(1, within(1e-10));
  }

  @Test
  void whenCorrelationsAreEqual_thenRiskParityIsInverseVolatility() {
    double[] volatility = {0.01, 0.02, 0.03, 0.05};
    double[][] matrix = new double[4][4];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        matrix[i][j] = (i == j ? 1 : 0.3) * volatility[i] * volatility[j];
      }
    }
    Covariance covariance = Shares.covariance(matrix);

    TargetWeights parity =
        PortfolioOptimizer.riskParity(WeightLimits.DEFAULT).solve(covariance).weights();
    TargetWeights inverse = PortfolioOptimizer.inverseVolatility(WeightLimits.DEFAULT)
        .solve(covariance)
        .weights();

    double sum = 1 / 0.01 + 1 / 0.02 + 1 / 0.03 + 1 / 0.05;
    for (int i = 0; i < 4; i++) {
      Symbol symbol = covariance.symbols().get(i);
      assertThat(parity.of(symbol)).isCloseTo(0.95 / volatility[i] / sum, within(1e-11));
      assertThat(inverse.of(symbol)).isCloseTo(0.95 / volatility[i] / sum, within(1e-14));
    }
  }

  @Test
  void whenThereIsOneShare_thenItGetsEverything() {
    Covariance one = Shares.covariance(new double[][] {{0.04}});
    for (PortfolioOptimizer optimizer : List.of(
        PortfolioOptimizer.minimumVariance(WeightLimits.DEFAULT),
        PortfolioOptimizer.meanVariance(3, WeightLimits.DEFAULT),
        PortfolioOptimizer.riskParity(WeightLimits.DEFAULT),
        PortfolioOptimizer.inverseVolatility(WeightLimits.DEFAULT))) {
      assertThat(optimizer.solve(one).weights().of(A))
          .as(optimizer.toString())
          .isCloseTo(0.95, within(1e-10));
    }
  }

  @Test
  void whenTheCovarianceIsZero_thenExpectedReturnsDecide() {
    Covariance none = Shares.covariance(new double[2][2]);
    WeightLimits capped = WeightLimits.builder().invested(1).nameCap(0.7).build();

    TargetWeights weights = PortfolioOptimizer.meanVariance(1, capped)
        .solve(none, Map.of(A, 0.01, B, 0.02), TargetWeights.CASH)
        .weights();

    assertThat(weights.of(B)).isCloseTo(0.7, within(1e-9));
    assertThat(weights.of(A)).isCloseTo(0.3, within(1e-9));
  }

  @Test
  void whenTwoSharesAreTheSame_thenAnyMixIsFound() {
    Covariance twins = Shares.covariance(new double[][] {{0.04, 0.04}, {0.04, 0.04}});

    Optimum optimum = PortfolioOptimizer.minimumVariance(WHOLE).solve(twins);

    assertThat(optimum.volatility()).isCloseTo(0.2, within(1e-10));
    assertThat(PortfolioOptimizer.riskParity(WHOLE).solve(twins).weights().of(A))
        .isCloseTo(0.5, within(1e-10));
  }

  @Test
  void whenTheCapsAreJustEnough_thenEveryShareHasItsCap() {
    WeightLimits tight = WeightLimits.builder().invested(1).nameCap(0.25).build();
    Covariance four = Shares.random(4, 2, 1e-4, 3);
    for (PortfolioOptimizer optimizer : List.of(
        PortfolioOptimizer.minimumVariance(tight),
        PortfolioOptimizer.riskParity(tight),
        PortfolioOptimizer.inverseVolatility(tight))) {
      assertThat(optimizer.solve(four).weights().weights().values())
          .as(optimizer.toString())
          .containsOnly(0.25);
    }
  }

  @Test
  void whenTheSectorsAreJustEnough_thenSharesInsideThemAreChosenWell() {
    List<Symbol> shares = Shares.of(4);
    WeightLimits limits = WeightLimits.builder()
        .invested(1)
        .sectors(
            Map.of(shares.get(0), "x", shares.get(1), "x", shares.get(2), "y", shares.get(3), "y"))
        .sectorCap("x", 0.6)
        .sectorCap("y", 0.4)
        .build();
    Covariance covariance = Shares.random(4, 2, 1e-4, 5);

    TargetWeights weights =
        PortfolioOptimizer.minimumVariance(limits).solve(covariance).weights();

    assertThat(weights.of(shares.get(0)) + weights.of(shares.get(1))).isCloseTo(0.6, within(1e-10));
    assertThat(ExchangeGain.of(covariance, 1, Map.of(), TargetWeights.CASH, limits, weights))
        .isLessThan(1e-11);
  }

  @Test
  void whenTheTurnoverPenaltyIsHigh_thenNothingIsTraded() {
    WeightLimits limits = WeightLimits.builder().invested(1).turnoverPenalty(10).build();
    TargetWeights current = TargetWeights.of(Map.of(A, 0.2, B, 0.8));

    Optimum optimum = PortfolioOptimizer.minimumVariance(limits).solve(TWO, Map.of(), current);

    assertThat(optimum.weights().of(A)).isCloseTo(0.2, within(1e-9));
    assertThat(optimum.turnover()).isCloseTo(0, within(1e-9));
  }

  @Test
  void whenTheNameCapLeavesNoRoom_thenTheMessageSaysWhatWould() {
    WeightLimits limits = WeightLimits.builder().invested(0.9).nameCap(0.3).build();
    for (PortfolioOptimizer optimizer : List.of(
        PortfolioOptimizer.minimumVariance(limits), PortfolioOptimizer.riskParity(limits))) {
      assertInvalid(() -> optimizer.solve(TWO), "nameCap 0.3", "0.6", "0.9", "0.45");
    }
  }

  @Test
  void whenTheSectorCapsLeaveNoRoom_thenTheMessageSaysWhatWould() {
    WeightLimits limits = WeightLimits.builder()
        .sectors(Map.of(A, "banks"))
        .sectorCap("banks", 0.1)
        .nameCap(0.5)
        .build();

    assertInvalid(
        () -> PortfolioOptimizer.minimumVariance(limits).solve(TWO),
        "banks=0.1",
        "at most 0.6",
        "0.95");
  }

  @Test
  void whenSomeMixHasNoRisk_thenRiskParityIsRefused() {
    Covariance hedged = Shares.covariance(new double[][] {{0.04, -0.04}, {-0.04, 0.04}});
    assertInvalid(
        () -> PortfolioOptimizer.riskParity(WHOLE).solve(hedged), "no risk at all", "shrink");
  }

  @Test
  void whenAShareNeverMoves_thenWeightsByRiskAreRefused() {
    Covariance still = Shares.covariance(new double[][] {{0.04, 0}, {0, 0}});
    assertInvalid(
        () -> PortfolioOptimizer.riskParity(WHOLE).solve(still), B.toString(), "never varies");
    assertInvalid(() -> PortfolioOptimizer.inverseVolatility(WHOLE).solve(still), B.toString());
  }

  @Test
  void whenTheExpectedReturnsAreBad_thenTheShareIsNamed() {
    PortfolioOptimizer optimizer = PortfolioOptimizer.meanVariance(1, WHOLE);
    assertInvalid(
        () -> optimizer.solve(TWO, Map.of(B, Double.NaN), TargetWeights.CASH), B.toString(), "NaN");
    Symbol other = Shares.of(3).get(2);
    assertInvalid(
        () -> optimizer.solve(TWO, Map.of(other, 0.1), TargetWeights.CASH),
        other.toString(),
        "not among");
  }

  @Test
  void whenSettingsAreBad_thenRefused() {
    assertInvalid(() -> PortfolioOptimizer.meanVariance(0, WHOLE), "riskAversion");
    assertInvalid(() -> PortfolioOptimizer.meanVariance(Double.NaN, WHOLE), "NaN");
    assertInvalid(() -> WeightLimits.builder().invested(1.1).build(), "invested", "1.1");
    assertInvalid(() -> WeightLimits.builder().nameCap(0).build(), "nameCap");
    assertInvalid(() -> WeightLimits.builder().turnoverPenalty(-1).build(), "turnoverPenalty");
    assertInvalid(() -> WeightLimits.builder().sectorCap("x", 0.1).build(), "'x'");
    WeightLimits penalty = WeightLimits.builder().turnoverPenalty(0.1).build();
    assertThatThrownBy(() -> PortfolioOptimizer.riskParity(penalty))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
  }

  @Test
  void whenTheMatrixIsBad_thenThePlaceIsNamed() {
    assertInvalid(() -> Shares.covariance(new double[][] {{1, 2}, {3, 1}}), "600001.SH");
    assertInvalid(() -> Shares.covariance(new double[][] {{-1}}), "-1");
    assertInvalid(() -> Shares.covariance(new double[][] {{Double.NaN}}), "NaN");
    assertInvalid(() -> Shares.covariance(new double[][] {{1, 0}, {0}}), "row 1");
    assertInvalid(() -> Shares.covariance(new double[][] {}), "at least");
    assertInvalid(() -> Covariance.of(List.of(B, A), new double[2][2]), "ascend");
  }

  @Test
  void whenTheWeightsAreNotOptimal_thenAnExchangeGains() {
    TargetWeights half = TargetWeights.of(Map.of(A, 0.5, B, 0.5));
    assertThat(ExchangeGain.of(TWO, 1, Map.of(), TargetWeights.CASH, WHOLE, half))
        .isGreaterThan(0.1);
  }

  static void assertInvalid(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContainingAll(parts);
  }
}

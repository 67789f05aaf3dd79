package io.qilin.core.portfolio;

import static io.qilin.core.portfolio.PortfolioOptimizerTest.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Symbol;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetWeightsTest {
  private static final Symbol A = Shares.of(2).get(0);
  private static final Symbol B = Shares.of(2).get(1);

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -0.1, Double.POSITIVE_INFINITY, 1.5})
  void whenAWeightIsNone_thenTheShareIsNamed(double weight) {
    assertInvalid(
        () -> TargetWeights.of(Map.of(A, 0.1, B, weight)), B.toString(), String.valueOf(weight));
  }

  @Test
  void whenTheyAddUpToMoreThanOne_thenRefused() {
    assertInvalid(() -> TargetWeights.of(Map.of(A, 0.6, B, 0.6)), "1.2", "at most 1");
  }

  @Test
  void whenAWeightIsZero_thenTheShareIsNotNamed() {
    TargetWeights weights = TargetWeights.of(Map.of(A, 0.0, B, 0.4));

    assertThat(weights.weights()).containsOnlyKeys(B);
    assertThat(weights.of(A)).isZero();
    assertThat(weights.invested()).isEqualTo(0.4);
  }

  @Test
  void whenPartsAreBad_thenRefused() {
    assertInvalid(() -> TargetWeights.proportional(Map.of(A, -1.0), 1, 1), A.toString());
    assertInvalid(() -> TargetWeights.proportional(Map.of(A, 0.0), 1, 1), "no share");
    assertInvalid(() -> TargetWeights.proportional(Map.of(), 1, 1), "no share");
    assertInvalid(() -> TargetWeights.proportional(Map.of(A, 1.0), 0, 1), "total");
    assertInvalid(() -> TargetWeights.proportional(Map.of(A, 1.0), 0.9, 0.5), "nameCap 0.5", "0.9");
  }
}

package io.qilin.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import org.junit.jupiter.api.Test;

class RiskAnalysisTest {
  @Test
  void whenNoReturnIsKnown_thenNoFigureIs() {
    RiskAnalysis none =
        new RiskAnalysis(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    assertThat(RiskAnalysis.sum(SomeReturns.of(Double.NaN))).isEqualTo(none);
    assertThat(RiskAnalysis.product(ReturnSeries.EMPTY)).isEqualTo(none);
  }

  @Test
  void whenReturnsDoNotVary_thenNoInformationRatio() {
    assertThat(RiskAnalysis.sum(SomeReturns.of(0, 0)).informationRatio()).isNaN();
    assertThat(RiskAnalysis.product(SomeReturns.of(0.1, 0.1)).informationRatio())
        .isNaN();
  }

  @Test
  void whenEverythingIsLost_thenNoLogarithm() {
    assertThatThrownBy(() -> RiskAnalysis.product(SomeReturns.of(0, -1)))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("2024-01-02");
  }
}

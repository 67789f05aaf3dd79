package io.qilin.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QlibRiskTest {
  private static final double[] RETURNS = {0.10, -0.20, Double.NaN, 0.10, 0.04};

  @Test
  void whenReturnsAreAdded_thenTheFiguresAreThoseOfTheHandCalculation() {
    QlibRisk risk = QlibRisk.sum(RETURNS);
    // Mean 0.04 / 4; squares 0.09² + 0.21² + 0.09² + 0.03² = 0.0612; the sum falls from 0.1 to
    // -0.1.
    double std = Math.sqrt(0.0612 / 3);
    assertThat(risk.mean()).isCloseTo(0.01, within(1e-15));
    assertThat(risk.std()).isCloseTo(std, within(1e-15));
    assertThat(risk.annualizedReturn()).isCloseTo(2.38, within(1e-13));
    assertThat(risk.informationRatio()).isCloseTo(0.01 / std * Math.sqrt(238), within(1e-13));
    assertThat(risk.maxDrawdown()).isCloseTo(-0.2, within(1e-15));
  }

  @Test
  void whenReturnsAreCompounded_thenTheFiguresAreThoseOfTheHandCalculation() {
    QlibRisk risk = QlibRisk.product(new double[] {0.21, 0, -0.5, 1});
    // Growth 1.21 × 1 × 0.5 × 2 = 1.21 in four days: the fourth root is the square root of 1.1.
    assertThat(risk.mean()).isCloseTo(Math.sqrt(1.1) - 1, within(1e-15));
    assertThat(risk.annualizedReturn()).isCloseTo(Math.pow(1.21, 59.5) - 1, within(1e-8));
    assertThat(risk.maxDrawdown()).isCloseTo(-0.5, within(1e-15));
    double mean = Math.log(1.21) / 4;
    double squares = Math.pow(Math.log(1.21) - mean, 2)
        + mean * mean
        + Math.pow(Math.log(0.5) - mean, 2)
        + Math.pow(Math.log(2) - mean, 2);
    assertThat(risk.std()).isCloseTo(Math.sqrt(squares / 3), within(1e-15));
  }

  @Test
  void whenThereAreTooFewReturns_thenFiguresAreNotKnown() {
    QlibRisk none = new QlibRisk(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    assertThat(QlibRisk.sum(new double[0])).isEqualTo(none);
    assertThat(QlibRisk.product(new double[] {Double.NaN})).isEqualTo(none);
    QlibRisk one = QlibRisk.sum(new double[] {0.02});
    assertThat(one.mean()).isEqualTo(0.02);
    assertThat(one.std()).isNaN();
    assertThat(one.maxDrawdown()).isZero();
  }

  @Test
  void whenAReportHasNoBenchmark_thenOnlyItsOwnReturnsAreKnown() {
    QlibRiskTable table = QlibRiskTable.of(report(Double.NaN));
    assertThat(table.benchmark().mean()).isNaN();
    assertThat(table.excessReturnWithCost().mean()).isNaN();
    assertThat(table.returnWithCost().mean()).isCloseTo(0.019, within(1e-15));
  }

  @Test
  void whenAReportHasABenchmark_thenItIsTakenOff() {
    QlibRiskTable table = QlibRiskTable.of(report(0.005));
    assertThat(table.excessReturnWithoutCost().mean()).isCloseTo(0.015, within(1e-15));
    assertThat(table.excessReturnWithCost().mean()).isCloseTo(0.014, within(1e-15));
    assertThat(table.rows().keySet())
        .containsExactly(
            "excess_return_without_cost",
            "excess_return_with_cost",
            "return_with_cost",
            "return_with_cost_product",
            "benchmark");
  }

  private static BacktestReport report(double bench) {
    BacktestDay day = new BacktestDay(Bars.DAYS[0], 101, 0.02, 0, 0, 0, 0.001, 0, 101, bench);
    return new BacktestReport(
        BacktestReport.Mode.QLIB,
        Map.of(),
        List.of(day, day),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        "");
  }
}

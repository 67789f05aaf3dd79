package io.qilin.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.core.backtest.QlibRisk;
import io.qilin.core.backtest.QlibRiskTable;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QlibRiskGoldenTest {
  private static final double TOLERANCE = 1e-12;

  @ParameterizedTest
  @ValueSource(strings = {"A", "B", "C"})
  void whenQlibAnalysedTheRun_thenItsFigures(String run) {
    Map<String, Double> expected = GoldenRun.risk(run);

    assertThat(expected).hasSize(25);
    QlibRiskTable.of(GoldenRun.report(run))
        .rows()
        .forEach((section, risk) -> check(risk, expected, section));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B", "C"})
  void whenQlibsConventionsAreSet_thenThePerformanceHasItsFigures(String run) {
    Map<String, Double> expected = GoldenRun.risk(run);

    Performance performance = Performance.of(GoldenRun.report(run), PerformanceSettings.QLIB);

    close(performance.annualReturn(), expected.get("return_with_cost.annualized_return"));
    close(performance.sharpe(), expected.get("return_with_cost.information_ratio"));
    close(performance.maxDrawdown(), expected.get("return_with_cost.max_drawdown"));
    close(performance.volatility(), expected.get("return_with_cost.std") * Math.sqrt(238));
    close(
        performance.relative().activeReturn(),
        expected.get("excess_return_with_cost.annualized_return"));
    close(
        performance.relative().informationRatio(),
        expected.get("excess_return_with_cost.information_ratio"));
    close(performance.relative().annualReturn(), expected.get("benchmark.annualized_return"));
  }

  private static void check(QlibRisk risk, Map<String, Double> expected, String section) {
    close(risk.mean(), expected.get(section + ".mean"));
    close(risk.std(), expected.get(section + ".std"));
    close(risk.annualizedReturn(), expected.get(section + ".annualized_return"));
    close(risk.informationRatio(), expected.get(section + ".information_ratio"));
    close(risk.maxDrawdown(), expected.get(section + ".max_drawdown"));
  }

  private static void close(double value, double expected) {
    assertThat(value).isCloseTo(expected, within(TOLERANCE * Math.max(1e-3, Math.abs(expected))));
  }
}

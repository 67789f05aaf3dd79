package io.qilin.core.performance.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.performance.Performance;
import io.qilin.core.performance.PerformanceSettings;
import io.qilin.core.performance.ReturnSeries;
import io.qilin.core.performance.SomeReturns;
import io.qilin.core.performance.SomeRun;
import io.qilin.core.performance.StationaryBootstrap;
import io.qilin.core.performance.YearLength;
import org.junit.jupiter.api.Test;

class PerformanceReportTest {
  private final BacktestReport run = SomeRun.report();
  private final PerformanceReport report = PerformanceReport.builder(Performance.of(
          run,
          PerformanceSettings.builder()
              .year(YearLength.fixed(4))
              .rollingDays(2)
              .bootstrap(StationaryBootstrap.of(1))
              .build()))
      .title("Two shares")
      .notice("The data is synthetic.")
      .run(run)
      .build();

  @Test
  void whenPrinted_thenFiguresStandBesideTheirConventions() {
    String text = report.text();

    assertThat(text)
        .startsWith("Two shares: 4 days from 2024-01-01 to 2024-01-04\nThe data is synthetic.\n")
        .contains("data SHA-256: abc\n", "mode: EXACT_A_SHARE\n", "setting topk: 2\n")
        .containsPattern("total return +7\\.01% +Π\\(1 \\+ r\\) − 1, gains reinvested")
        .containsPattern("2024-01-03 +-10\\.00% +-8\\.00% +2 × SELL LIMIT_DOWN, 1 × beyond-limits")
        .containsPattern("SELL +LIMIT_DOWN +2 +200")
        .containsPattern("-10\\.00% +2024-01-02 +2024-01-03 +not yet")
        .containsPattern(
            "Sharpe ratio, low .*95% interval.* 2000 resamples, blocks of 20 days, seed 1");
    assertThat(report.months().toString()).contains("2024-01");
  }

  @Test
  void whenWrittenAsJson_thenSeriesAndTablesAreThere() {
    assertThat(report.json())
        .contains(
            "\"title\": \"Two shares\"",
            "\"name\": \"Sharpe ratio\"",
            "\"turnover\": [0.5, 0, 0, 0.5101520253035404]",
            "\"benchmark\": [0.01, 0.05, -0.08, 0.04]",
            "\"rollingSharpe\": [null, ",
            "\"peak\": null",
            "\"recovery\": null",
            "\"happened\": \"2 × SELL LIMIT_DOWN, 1 × beyond-limits\"",
            "\"reason\": \"SUSPENDED\"");
    assertThat(report.json()).isEqualTo(report.json());
  }

  @Test
  void whenOnlyReturnsAreGiven_thenTheTablesOfTradingAreLeftOut() {
    String text = PerformanceReport.builder(
            Performance.of(SomeReturns.of(0.01), ReturnSeries.EMPTY, PerformanceSettings.DEFAULT))
        .build()
        .text();

    assertThat(text)
        .startsWith("Performance: 1 day from 2024-01-01 to 2024-01-01\n")
        .containsPattern("Sharpe ratio +–")
        .doesNotContain("Orders not filled", "Worst days", "Deepest drawdowns");
  }

  @Test
  void whenAFactContradicts_thenRefused() {
    assertThatThrownBy(() -> PerformanceReport.builder(Performance.of(
                SomeReturns.of(0.01), ReturnSeries.EMPTY, PerformanceSettings.DEFAULT))
            .fact("mode", "a")
            .fact("mode", "b"))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("'mode' is 'a' already");
  }
}

package io.qilin.core.backtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.backtest.BacktestDay;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.core.backtest.BacktestReport.Mode;
import io.qilin.core.factor.Grouping;
import io.qilin.core.performance.Compounding;
import io.qilin.core.performance.Performance;
import io.qilin.core.performance.PerformanceSettings;
import io.qilin.core.performance.ReturnSeries;
import io.qilin.core.performance.SomeReturns;
import io.qilin.core.performance.SomeRun;
import io.qilin.core.performance.TrialCount;
import io.qilin.core.performance.YearLength;
import io.qilin.core.performance.attribution.BrinsonAttribution;
import io.qilin.core.performance.attribution.FactorAttribution;
import io.qilin.core.performance.attribution.HoldingDay;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TearSheetTest {
  private static final PerformanceSettings SETTINGS =
      PerformanceSettings.builder().year(YearLength.fixed(4)).rollingDays(2).build();

  private final BacktestReport run = SomeRun.report();

  private static TearSheet.Builder sheet(BacktestReport run, PerformanceSettings settings) {
    return TearSheet.builder(run, Performance.of(run, settings));
  }

  private static BacktestReport idle(Mode mode, BacktestDay... days) {
    return new BacktestReport(
        mode, Map.of(), List.of(days), List.of(), List.of(), List.of(), List.of(), "abc");
  }

  private static BacktestDay day(int number, double account, double dayReturn, double bench) {
    LocalDate day = SomeReturns.days(number).get(number - 1);
    return new BacktestDay(day, account, dayReturn, 0, 0, 0, 0, 0, account, bench);
  }

  @Test
  void whenWrittenAsPage_thenAllSectionsStandInOrder() {
    String page =
        sheet(run, SETTINGS).title("Two shares").notice("Synthetic.").build().html();

    assertThat(page)
        .contains("<h1>Two shares</h1>", "<p class=\"notice\">Synthetic.</p>")
        .containsSubsequence(
            "4 trading days from 2024-01-01 to 2024-01-04",
            "Mode: exact.",
            "Trials: 1, as stated by the caller",
            "Data SHA-256 abc",
            "<h2>Overview</h2>",
            "+7.01%",
            "<h2>Equity and drawdown</h2>",
            "Return since the start, after cost, compounded",
            ">benchmark</text>",
            "<figcaption>Drawdown</figcaption>",
            "<h3>Deepest drawdowns</h3>",
            "<h2>Returns by month and year</h2>",
            "<h2>Rolling Sharpe ratio, turnover and exposure</h2>",
            "Sharpe ratio of the last 2 days",
            "Turnover a day",
            "Exposure, positions",
            "<h2>Orders not filled</h2>",
            "<h2>Worst days</h2>",
            "<h2>Trades and holdings</h2>",
            "Nothing was held.",
            "<h2>Findings</h2>",
            "beyond-limits",
            "<h2>Figures and conventions</h2>",
            "Π(1 + r) − 1, gains reinvested",
            "<h2>Settings and data</h2>",
            "<td>topk</td><td>2</td>");
    assertThat(page)
        .isEqualTo(sheet(run, SETTINGS)
            .title("Two shares")
            .notice("Synthetic.")
            .build()
            .html());
  }

  @Test
  void whenOrdersWereBlocked_thenRulesHaveCountsSharesAndDates() {
    String page = sheet(run, SETTINGS).build().html();

    assertThat(page)
        .contains(
            "<td>SELL LIMIT_DOWN</td><td class=\"n\">2</td><td class=\"n\">200</td>"
                + "<td class=\"n\">1</td><td class=\"d\">2024-01-03</td><td class=\"d\">2024-01-03</td><td class=\"d\">2024-01-03 (2)</td>")
        .contains(
            "sealed at limit-down, not sold: 000001.SZ, 600519.SH; finding beyond-limits: 600519.SH");
  }

  @Test
  void whenWrittenForATerminal_thenFiguresAndOrdersAreThere() {
    assertThat(sheet(run, SETTINGS)
            .title("Two shares")
            .fact("commit", "f00")
            .build()
            .text())
        .startsWith("Two shares: 4 days from 2024-01-01 to 2024-01-04\nMode: exact.")
        .contains("\nTrials: 1", "commit: f00\n", "data SHA-256: abc\n", "setting topk: 2\n")
        .containsPattern("BUY LIMIT_UP +1 +100 +1 +2024-01-02")
        .containsPattern("2024-01-03 +-10\\.00% +benchmark -8\\.00%; sealed at limit-down")
        .containsPattern("beyond-limits +1 +2024-01-03");
  }

  @Test
  void whenWrittenAsJson_thenTheRunStandsBesideThePerformance() {
    assertThat(sheet(run, SETTINGS).mostRows(1).build().json())
        .contains(
            "\"mode\": \"EXACT_A_SHARE\"",
            "\"data SHA-256\": \"abc\"",
            "\"name\": \"Sharpe ratio\"",
            "\"rollingSharpe\": [null, ",
            "\"deflatedSharpe\": ",
            "\"busiest\": \"2024-01-03\"",
            "\"onRecord\": \"benchmark -8.00%; sealed at limit-down")
        .containsPattern("\"trades\": \\{\\s+\"count\": 4,\\s+\"first\": \\[\\s+\\{[^}]+}\\s+]")
        .doesNotContain("NaN");
  }

  @Test
  void whenTextFromOutsideIsHostile_thenItIsShownAndDoesNotAct() {
    BacktestReport hostile = Hostile.report();

    TearSheet sheet = sheet(hostile, SETTINGS)
        .title(Hostile.TEXT)
        .notice(Hostile.TEXT)
        .fact(Hostile.TEXT, Hostile.TEXT)
        .build();

    assertThat(sheet.html())
        .contains("&lt;/script&gt;&lt;img onerror=alert(1)&gt;")
        .doesNotContain("<img", "</script", "<script", "\u001b", "\u202e")
        .doesNotContainPattern("(src|href)=");
    assertThat(sheet.text()).contains(Hostile.SHOWN).doesNotContain("\u001b", "\u202e");
    assertThat(sheet.json()).doesNotContain("\u001b", "\u202e");
  }

  @Test
  void whenTheRunIsOfQlib_thenPlainlySaid() {
    BacktestReport qlib = idle(Mode.QLIB, day(1, 100, 0.01, 0.02), day(2, 99, -0.01, -0.02));

    assertThat(sheet(qlib, PerformanceSettings.QLIB).build().html())
        .contains("Mode: Qlib.", "daily returns added up, not compounded")
        .doesNotContain("Mode: exact");
  }

  @Test
  void whenNothingHappenedOnOneDayWithoutBenchmark_thenThePageSaysSo() {
    TearSheet sheet = sheet(
            idle(Mode.EXACT_A_SHARE, day(1, 100, 0, Double.NaN)), PerformanceSettings.DEFAULT)
        .build();

    assertThat(sheet.html())
        .contains(
            "1 trading day from 2024-01-01 to 2024-01-01",
            "The run has no benchmark.",
            "There is no rolling Sharpe ratio",
            "Every order was filled in full.",
            "No day of loss",
            "There was no trade.",
            "Nothing was held.",
            "Nothing odd was found")
        .doesNotContain("NaN", ">benchmark</text>", "Deepest drawdowns");
    assertThat(sheet.text()).contains("1 day from").doesNotContain("NaN");
  }

  @Test
  void whenTheAccountFallsToNothing_thenItStaysAtMinusOneAndTheRestIsNotKnown() {
    BacktestReport ruined = idle(
        Mode.EXACT_A_SHARE,
        day(1, 100, 0, 0.01),
        day(2, 0, -1, -0.5),
        day(3, 0, Double.NaN, Double.NaN));

    TearSheet sheet = sheet(ruined, SETTINGS).build();

    assertThat(sheet.html())
        .contains("-100.00%", "benchmark -50.00%; no blocked order, no finding")
        .doesNotContain("NaN");
    assertThat(sheet.json()).contains("\"equity\": [0, -1]").doesNotContain("NaN");
  }

  @Test
  void whenManyTrialsAreStated_thenTheirCorrectionStandsOnThePage() {
    PerformanceSettings many =
        SETTINGS.toBuilder().trials(new TrialCount(1200, 0.01)).build();
    PerformanceSettings vague =
        SETTINGS.toBuilder().trials(new TrialCount(2, Double.NaN)).build();

    assertThat(sheet(run, many).build().html())
        .contains("Trials: 1,200, as stated by the caller. Deflated Sharpe ratio 0.");
    assertThat(sheet(run, vague).build().html()).contains("give the variance of the trials");
  }

  @Test
  void whenTheActiveReturnIsAttributed_thenItsPartsAreShown() {
    HoldingDay day = new HoldingDay(
        run.days().get(0).day(),
        new TreeMap<>(Map.of(SomeRun.MAOTAI, 0.6)),
        new TreeMap<>(Map.of(SomeRun.PING_AN, 1.0)),
        new TreeMap<>(Map.of(SomeRun.MAOTAI, 0.1, SomeRun.PING_AN, -0.05)),
        0.06);
    Grouping industries =
        (symbol, date) -> Optional.of(symbol.equals(SomeRun.MAOTAI) ? "<liquor>" : "banks");

    TearSheet sheet = sheet(run, SETTINGS)
        .attribution(BrinsonAttribution.of(List.of(day), industries, Compounding.SUM))
        .attribution(FactorAttribution.of(
            List.of(day), List.of("<size>"), (symbol, date) -> new double[] {1}, Compounding.SUM))
        .build();

    assertThat(sheet.html())
        .contains("<h2>Attribution of the active return</h2>", "&lt;size&gt;")
        .containsPattern("&lt;liquor&gt;</td><td class=\"n\">\\+9\\.00%")
        .containsPattern("active return</td>.*\\+11\\.00%");
    assertThat(sheet.text())
        .containsPattern("<liquor> +\\+9\\.00% +0\\.00% +0\\.00% +\\+9\\.00%")
        .containsPattern("specific +\\+11\\.00%");
    assertThat(sheet.json())
        .contains("\"industry\": \"<liquor>\"", "\"factor\": \"<size>\"")
        .containsPattern("\"byIndustry\": \\{\\s+\"activeReturn\": 0\\.1");
    assertThat(sheet(run, SETTINGS).build().html()).doesNotContain("Attribution");
  }

  @Test
  void whenQlibsFlatLimitHeldAnOrderBack_thenItIsNotCalledSealed() {
    BacktestReport qlib = new BacktestReport(
        Mode.QLIB,
        run.settings(),
        run.days(),
        run.trades(),
        run.blocked(),
        run.positions(),
        run.findings(),
        run.dataHash());

    assertThat(sheet(qlib, PerformanceSettings.QLIB).build().html())
        .contains("LIMIT_DOWN, not sold: 000001.SZ, 600519.SH", "Shares and prices are adjusted.")
        .doesNotContainIgnoringCase("sealed");
  }

  @Test
  void whenTheRunIsLong_thenChartsAreThinnedAndListsCut() {
    BacktestReport run = LongRun.of(5_000, 20);

    String page = sheet(run, PerformanceSettings.DEFAULT).build().html();

    assertThat(page)
        .contains(
            "compounded, last of every 10 days",
            "Drawdown, lowest of every 10 days",
            "mean of every 42 days",
            "The first 20 of 100,000 trades; 99,980 more are not shown.",
            "The first 20 of 5,000 orders not filled; 4,980 more are not shown.",
            "The first 20 of 5,000 findings; 4,980 more are not shown.");
    assertThat(page.length()).isLessThan(250_000);
  }

  @Test
  void whenThePerformanceIsOfAnotherRun_thenRefused() {
    Performance other =
        Performance.of(SomeReturns.of(0.01), ReturnSeries.EMPTY, PerformanceSettings.DEFAULT);

    assertThatThrownBy(() -> TearSheet.builder(run, other))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining("compute it by Performance.of(report, settings)");
  }

  @Test
  void whenAFactContradictsOrRowsAreNegative_thenRefused() {
    TearSheet.Builder builder = sheet(run, SETTINGS).fact("a", "1").fact("a", "1");

    assertThatThrownBy(() -> builder.fact("a", "2")).hasMessageContaining("'a' is '1' already");
    assertThatThrownBy(() -> builder.fact("mode", "fast")).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> builder.mostRows(-1)).hasMessageContaining("was -1");
  }
}

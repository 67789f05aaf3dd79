package io.qilin.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.QilinException;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PerformanceTest {
  private static final PerformanceSettings FOUR_DAYS =
      PerformanceSettings.builder().year(YearLength.fixed(4)).rollingDays(2).build();

  private static Performance of(double... returns) {
    return Performance.of(SomeReturns.of(returns), ReturnSeries.EMPTY, FOUR_DAYS);
  }

  @Nested
  class FromReturns {
    @Test
    void whenWorkedByHand_thenTheFigures() {
      Performance performance = of(0.1, -0.05, 0.2, -0.05);

      double wealth = 1.1 * 0.95 * 1.2 * 0.95;
      double deviation = Math.sqrt((0.0025 + 0.01 + 0.0225 + 0.01) / 3);
      double semi = Math.sqrt((0.0025 + 0.0025) / 4);
      assertThat(performance.totalReturn()).isCloseTo(wealth - 1, within(1e-15));
      assertThat(performance.annualReturn()).isCloseTo(wealth - 1, within(1e-15));
      assertThat(performance.volatility()).isCloseTo(deviation * 2, within(1e-15));
      assertThat(performance.sharpe()).isCloseTo(0.05 / deviation * 2, within(1e-14));
      assertThat(performance.sortino()).isCloseTo(0.05 / semi * 2, within(1e-14));
      assertThat(performance.maxDrawdown()).isCloseTo(-0.05, within(1e-15));
      assertThat(performance.calmar()).isCloseTo((wealth - 1) / 0.05, within(1e-12));
      assertThat(performance.hitRate()).isEqualTo(0.5);
      assertThat(performance.trading()).isEmpty();
      assertThat(performance.exposure()).isEmpty();
    }

    @Test
    void whenThereIsARiskFreeRate_thenOnlyTheExcessCounts() {
      double daily = Math.pow(1.04, 0.25) - 1;

      Performance performance = Performance.of(
          SomeReturns.of(daily, daily, daily + 0.01),
          ReturnSeries.EMPTY,
          FOUR_DAYS.toBuilder().riskFreeRate(0.04).build());

      assertThat(performance.sharpe()).isCloseTo(Math.sqrt(1 / 3.0) * 2, within(1e-10));
      assertThat(performance.sortino()).isGreaterThan(1e10);
    }

    @Test
    void whenAllReturnsAreZero_thenRatiosAreNotDefined() {
      Performance performance = of(0, 0, 0);

      assertThat(performance.totalReturn()).isZero();
      assertThat(performance.annualReturn()).isZero();
      assertThat(performance.volatility()).isZero();
      assertThat(performance.maxDrawdown()).isZero();
      assertThat(performance.deepestDrawdown()).isEmpty();
      assertThat(performance.sharpe()).isNaN();
      assertThat(performance.sortino()).isNaN();
      assertThat(performance.calmar()).isNaN();
      assertThat(performance.worstDays()).isEmpty();
    }

    @Test
    void whenThereIsOneDay_thenAReturnAndNoVolatility() {
      Performance performance = of(0.01);

      assertThat(performance.totalReturn()).isCloseTo(0.01, within(1e-15));
      assertThat(performance.annualReturn()).isCloseTo(Math.pow(1.01, 4) - 1, within(1e-15));
      assertThat(performance.volatility()).isNaN();
      assertThat(performance.sharpe()).isNaN();
      assertThat(performance.sharpeEstimate().probabilityAbove(0)).isNaN();
      assertThat(performance.rollingSharpe()).containsExactly(Double.NaN);
    }

    @Test
    void whenEverythingIsLost_thenItStaysLost() {
      Performance performance = of(0.1, -1, 0.5);

      assertThat(performance.totalReturn()).isEqualTo(-1);
      assertThat(performance.annualReturn()).isEqualTo(-1);
      assertThat(performance.maxDrawdown()).isEqualTo(-1);
      assertThat(performance.equity()).containsExactly(new double[] {0.1, -1, -1}, within(1e-15));
    }

    @Test
    void whenMoreThanEverythingIsLost_thenOnlySumsCanSay() {
      ReturnSeries series = SomeReturns.of(0.1, -1.5);
      assertThatThrownBy(() -> Performance.of(series, ReturnSeries.EMPTY, FOUR_DAYS))
          .isInstanceOf(QilinException.class)
          .hasMessageContaining("2024-01-02")
          .hasMessageContaining("Compounding.SUM");
      assertThat(Performance.of(series, ReturnSeries.EMPTY, PerformanceSettings.QLIB)
              .totalReturn())
          .isCloseTo(-1.4, within(1e-15));
    }

    @Test
    void whenADayIsNotKnown_thenItIsLeftOutAndCounted() {
      Performance performance = of(0.1, Double.NaN, 0.2);

      assertThat(performance.days()).hasSize(2);
      assertThat(performance.unknownDays()).isEqualTo(1);
      assertThat(performance.sharpe()).isEqualTo(of(0.1, 0.2).sharpe());
    }

    @Test
    void whenNoDayIsKnown_thenRefused() {
      assertThatThrownBy(() -> of(Double.NaN)).isInstanceOf(QilinException.class);
      assertThatThrownBy(PerformanceTest::of).isInstanceOf(QilinException.class);
    }

    @Test
    void whenThereIsNoBenchmark_thenNothingIsSaidOfIt() {
      BenchmarkFigures none = of(0.1, 0.2).relative();

      assertThat(none.days()).isZero();
      for (double figure : new double[] {
        none.totalReturn(),
        none.annualReturn(),
        none.activeReturn(),
        none.trackingError(),
        none.informationRatio(),
        none.beta(),
        none.alpha(),
        none.correlation()
      }) {
        assertThat(figure).isNaN();
      }
    }

    @Test
    void whenReturnsAreALineOfTheBenchmark_thenBetaAndAlphaAreItsParts() {
      ReturnSeries benchmark = SomeReturns.of(0.01, -0.02, 0.03, 0.005);
      ReturnSeries returns = SomeReturns.of(0.021, -0.039, 0.061, 0.011);

      BenchmarkFigures relative = Performance.of(returns, benchmark, FOUR_DAYS).relative();

      assertThat(relative.beta()).isCloseTo(2, within(1e-12));
      assertThat(relative.alpha()).isCloseTo(0.001 * 4, within(1e-15));
      assertThat(relative.correlation()).isCloseTo(1, within(1e-12));
      double wealth = 1.01 * 0.98 * 1.03 * 1.005;
      double own = 1.021 * 0.961 * 1.061 * 1.011;
      assertThat(relative.activeReturn()).isCloseTo(own - wealth, within(1e-14));
    }

    @Test
    void whenMonthsAndYearsTurn_thenTheTablesAddUp() {
      Performance performance = Performance.of(
          SomeReturns.random(3, 500, 0.0005),
          SomeReturns.random(4, 500, 0.0005),
          PerformanceSettings.DEFAULT);

      assertThat(performance.years())
          .extracting(PeriodReturn::period)
          .containsExactly("2024", "2025");
      assertThat(performance.months()).hasSize(17);
      double wealth = 1;
      double bench = 1;
      for (PeriodReturn month : performance.months()) {
        wealth *= 1 + month.total();
        bench *= 1 + month.benchmark();
      }
      assertThat(wealth - 1).isCloseTo(performance.totalReturn(), within(1e-12));
      assertThat(bench - 1).isCloseTo(performance.relative().totalReturn(), within(1e-12));
      assertThat(performance.benchmarkEquity()[499]).isCloseTo(bench - 1, within(1e-12));
    }

    @Test
    void whenTheWindowRolls_thenEachIsThatOfItsDays() {
      double[] rolling = of(0.1, 0.2, 0.2, 0.4).rollingSharpe();

      assertThat(rolling[0]).isNaN();
      assertThat(rolling[1]).isCloseTo(0.15 / Math.sqrt(0.005) * 2, within(1e-12));
      assertThat(rolling[2]).as("does not vary").isNaN();
      assertThat(rolling[3]).isCloseTo(0.3 / Math.sqrt(0.02) * 2, within(1e-12));
    }

    @Test
    void whenIntervalsAreWanted_thenTheyHoldTheEstimates() {
      Performance performance = Performance.of(
          SomeReturns.random(5, 300, 0.001),
          ReturnSeries.EMPTY,
          FOUR_DAYS.toBuilder().bootstrap(StationaryBootstrap.of(11)).build());

      BootstrapIntervals intervals = performance.intervals().orElseThrow();
      assertThat(intervals.sharpe().estimate()).isEqualTo(performance.sharpe());
      assertThat(performance.sharpe())
          .isBetween(intervals.sharpe().low(), intervals.sharpe().high());
      assertThat(performance.annualReturn())
          .isBetween(intervals.annualReturn().low(), intervals.annualReturn().high());
      assertThat(intervals.maxDrawdown().high()).isNegative();
    }

    @Property(tries = 100)
    void whenReturnsAreScaled_thenTheSharpeRatioStays(
        @ForAll @IntRange(min = 0, max = 100_000) int seed) {
      double[] values = SomeReturns.random(seed, 50, 0.001).values();
      double[] half = values.clone();
      for (int i = 0; i < half.length; i++) {
        half[i] /= 2;
      }
      assertThat(of(half).sharpe()).isCloseTo(of(values).sharpe(), within(1e-10));
      assertThat(of(half).sortino()).isCloseTo(of(values).sortino(), within(1e-10));
    }
  }

  @Nested
  class FromARun {
    private final PerformanceSettings settings = FOUR_DAYS.toBuilder()
        .capacity((day, symbol) -> symbol.equals(SomeRun.MAOTAI) ? 100_000 : 40_000, 0.05)
        .trials(new TrialCount(10, 0.01))
        .build();

    private final Performance performance = Performance.of(SomeRun.report(), settings);
    private final TradingFigures trading = performance.trading().orElseThrow();

    @Test
    void whenWorkedByHand_thenTheReturnIsThatOfTheAccount() {
      assertThat(performance.totalReturn()).isCloseTo(0.0701, within(1e-12));
      assertThat(performance.deepestDrawdown().orElseThrow().trough())
          .isEqualTo(LocalDate.of(2024, 1, 3));
    }

    @Test
    void whenWorkedByHand_thenTradesAndCosts() {
      assertThat(trading.annualTurnover()).isCloseTo(0.5 + 500 / 980.1, within(1e-12));
      assertThat(trading.trades()).isEqualTo(4);
      assertThat(trading.closedTrades()).isEqualTo(2);
      assertThat(trading.tradeHitRate()).isEqualTo(0.5);
      assertThat(trading.profitFactor()).isEqualTo(2);
      assertThat(trading.totalCost()).isEqualTo(15);
      assertThat(trading.annualCost()).isCloseTo(0.01 + 5 / 980.1, within(1e-12));
      assertThat(trading.costShare()).isCloseTo(15 / 85.1, within(1e-12));
      assertThat(trading.maxExposure()).isCloseTo(599 / 1089.0, within(1e-12));
      assertThat(performance.exposure()).hasSize(4);
      assertThat(performance.turnover()).containsExactly(0.5, 0, 0, 500 / 980.1);
    }

    @Test
    void whenOrdersWereBlocked_thenCountedBySideAndReason() {
      assertThat(trading.blocked())
          .containsExactly(
              new BlockedCount(Side.BUY, RejectReason.LIMIT_UP, 1, 100),
              new BlockedCount(Side.SELL, RejectReason.LIMIT_DOWN, 2, 200),
              new BlockedCount(Side.SELL, RejectReason.SUSPENDED, 1, 100));
      assertThat(trading.blocked(Side.SELL)).isEqualTo(3);
    }

    @Test
    void whenWhatTradedIsKnown_thenTheLargestTradeBindsTheCapacity() {
      Capacity capacity = trading.capacity().orElseThrow();

      // 980.1 · 5% · 40000 / 200 for the last sale; 1000 · 5% · 40000 / 200 for the first purchase
      assertThat(capacity.account()).isCloseTo(980.1 * 0.05 * 40_000 / 200, within(1e-6));
      assertThat(capacity.binding().symbol()).isEqualTo(SomeRun.PING_AN);
      assertThat(capacity.unknown()).isZero();
    }

    @Test
    void whenWhatTradedIsNotKnown_thenNoCapacity() {
      Performance unknown = Performance.of(
          SomeRun.report(),
          FOUR_DAYS.toBuilder().capacity((day, symbol) -> Double.NaN, 0.05).build());
      assertThat(unknown.trading().orElseThrow().capacity()).isEmpty();
    }

    @Test
    void whenADayWasBad_thenWhatHappenedIsBesideIt() {
      WorstDay worst = performance.worstDays().get(0);

      assertThat(worst.day()).isEqualTo(LocalDate.of(2024, 1, 3));
      assertThat(worst.benchmark()).isEqualTo(-0.08);
      assertThat(worst.blocked()).hasSize(2);
      assertThat(worst.findings()).hasSize(1);
      assertThat(performance.worstDays()).hasSize(2);
    }

    @Test
    void whenListed_thenEveryFigureHasItsConvention() {
      List<Metric> metrics = performance.metrics();

      assertThat(metrics)
          .extracting(Metric::name)
          .doesNotHaveDuplicates()
          .contains(
              "Sharpe ratio", "deflated Sharpe ratio", "capacity", "blocked sells", "cost share");
      assertThat(metrics).allSatisfy(metric -> assertThat(metric.convention()).isNotBlank());
      Metric sharpe = metrics.stream()
          .filter(metric -> metric.name().equals("Sharpe ratio"))
          .findFirst()
          .orElseThrow();
      assertThat(sharpe.value()).isEqualTo(performance.sharpe());
      assertThat(sharpe.convention().toLowerCase(Locale.ROOT))
          .contains("ddof 1", "0.00% a year", "4 days a year as given");
    }

    @Test
    void whenTheTrialsWereMany_thenTheDeflatedRatioIsLower() {
      assertThat(performance.deflatedSharpe().probability())
          .isLessThan(performance.sharpeEstimate().probabilityAbove(0));
    }
  }

  @Test
  void whenSettingsAreImpossible_thenRefused() {
    PerformanceSettings.Builder builder = PerformanceSettings.builder();
    assertThatThrownBy(() -> builder.riskFreeRate(-1)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> builder.riskFreeRate(Double.NaN)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> builder.rollingDays(1)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> builder.worstDays(-1)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> builder.capacity((day, symbol) -> 1, 0))
        .isInstanceOf(QilinException.class);
  }
}

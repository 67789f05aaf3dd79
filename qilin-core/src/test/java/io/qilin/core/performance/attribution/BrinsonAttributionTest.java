package io.qilin.core.performance.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.QilinException;
import io.qilin.core.performance.Compounding;
import io.qilin.core.performance.SomeReturns;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BrinsonAttributionTest {
  private static HoldingDay day(
      double[] portfolio, double[] benchmark, double[] returns, double account) {
    return new HoldingDay(
        SomeReturns.days(1).get(0),
        SomeHoldings.map(portfolio),
        SomeHoldings.map(benchmark),
        SomeHoldings.map(returns),
        account);
  }

  @Test
  void whenWorkedByHand_thenTheEffects() {
    // Industry 0: shares 0 and 4; industry 1: share 1. The benchmark returns 0.5·0.05 + 0.5·0.02 =
    // 0.035.
    HoldingDay day = day(
        new double[] {0.7, 0.2},
        new double[] {0.25, 0.5, Double.NaN, Double.NaN, 0.25},
        new double[] {0.10, 0.02, Double.NaN, Double.NaN, 0.0},
        0.073);

    BrinsonAttribution result =
        BrinsonAttribution.of(List.of(day), SomeHoldings.INDUSTRIES, Compounding.SUM);

    BrinsonDay only = result.days().get(0);
    check(only, "industry 0", 0.2 * (0.05 - 0.035), 0.5 * 0.05, 0.2 * 0.05);
    check(only, "industry 1", -0.3 * (0.02 - 0.035), 0, 0);
    check(only, BrinsonAttribution.CASH, 0.1 * (0 - 0.035), 0, 0);
    assertThat(only.trading()).as("0.073 less 0.7·0.1 + 0.2·0.02").isCloseTo(-0.001, within(1e-15));
    assertThat(only.activeReturn()).isCloseTo(0.038, within(1e-15));
    assertThat(result.total().total() + result.trading()).isCloseTo(0.038, within(1e-15));
  }

  private static void check(
      BrinsonDay day, String industry, double allocation, double selection, double interaction) {
    BrinsonEffect effect = day.effects().getOrDefault(industry, BrinsonEffect.NONE);
    assertThat(effect.allocation()).as(industry).isCloseTo(allocation, within(1e-15));
    assertThat(effect.selection()).as(industry).isCloseTo(selection, within(1e-15));
    assertThat(effect.interaction()).as(industry).isCloseTo(interaction, within(1e-15));
  }

  @Test
  void whenOnlyOneSideHoldsAnIndustry_thenAllOfItIsAllocation() {
    HoldingDay day = day(
        new double[] {1, Double.NaN},
        new double[] {Double.NaN, 1},
        new double[] {0.05, 0.01},
        0.05);

    BrinsonDay only = BrinsonAttribution.of(
            List.of(day), SomeHoldings.INDUSTRIES, Compounding.COMPOUND)
        .days()
        .get(0);

    check(only, "industry 0", 0.04, 0, 0);
    check(only, "industry 1", 0, 0, 0);
  }

  @Property(tries = 200)
  void whenHoldingsAreAny_thenTheEffectsAreTheActiveReturnOfEachDayAndOfTheWhole(
      @ForAll @IntRange(min = 0, max = 1_000_000) int seed,
      @ForAll @IntRange(min = 1, max = 30) int count,
      @ForAll Compounding compounding) {
    List<HoldingDay> holdings = SomeHoldings.random(seed, count, 24);

    BrinsonAttribution result =
        BrinsonAttribution.of(holdings, SomeHoldings.INDUSTRIES, compounding);

    for (BrinsonDay day : result.days()) {
      double sum =
          day.effects().values().stream().mapToDouble(BrinsonEffect::total).sum();
      assertThat(sum + day.trading()).isCloseTo(day.activeReturn(), within(1e-14));
    }
    double portfolio = 1;
    double benchmark = 1;
    double active = 0;
    for (HoldingDay day : holdings) {
      portfolio *= 1 + day.accountReturn();
      benchmark *= 1 + day.benchmarkReturn();
      active += day.activeReturn();
    }
    double expected = compounding == Compounding.SUM ? active : portfolio - benchmark;
    assertThat(result.activeReturn()).isCloseTo(expected, within(1e-12));
    assertThat(result.total().total() + result.trading()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void whenTheReturnsAreEqual_thenNothingIsActive() {
    HoldingDay day = day(new double[] {1}, new double[] {1}, new double[] {0.05}, 0.05);

    BrinsonAttribution result =
        BrinsonAttribution.of(List.of(day, day), SomeHoldings.INDUSTRIES, Compounding.COMPOUND);

    assertThat(result.total().total()).isZero();
    assertThat(result.portfolioReturn()).isCloseTo(0.1025, within(1e-15));
    assertThat(result.benchmarkReturn()).isEqualTo(result.portfolioReturn());
  }

  @Test
  void whenEverythingIsLost_thenOnlySumsCanLink() {
    HoldingDay day = day(new double[] {1}, new double[] {1}, new double[] {0.05}, -1);
    assertThatThrownBy(() ->
            BrinsonAttribution.of(List.of(day), SomeHoldings.INDUSTRIES, Compounding.COMPOUND))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("2024-01-01");
    assertThat(BrinsonAttribution.of(List.of(day), SomeHoldings.INDUSTRIES, Compounding.SUM)
            .activeReturn())
        .isCloseTo(-1.05, within(1e-15));
    assertThatThrownBy(
            () -> BrinsonAttribution.of(List.of(), SomeHoldings.INDUSTRIES, Compounding.SUM))
        .isInstanceOf(QilinException.class);
  }
}

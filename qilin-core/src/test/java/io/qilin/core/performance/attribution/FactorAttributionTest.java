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

class FactorAttributionTest {
  /** Size is the number of the share, value is 1 for the odd ones. */
  private static final ExposureSource SOURCE = (symbol, day) -> {
    int number = Integer.parseInt(symbol.code().substring(2));
    return new double[] {number, number % 2};
  };

  private static final List<String> NAMES = List.of("size", "value");

  @Test
  void whenReturnsFollowTheFactors_thenNothingIsSpecific() {
    double[] returns = new double[8];
    for (int i = 0; i < 8; i++) {
      returns[i] = 0.01 + 0.002 * i - 0.03 * (i % 2);
    }
    HoldingDay day = new HoldingDay(
        SomeReturns.days(1).get(0),
        SomeHoldings.map(0, 0.5, 0, 0, 0, 0.5),
        SomeHoldings.map(0.5, 0, 0, 0, 0.5),
        SomeHoldings.map(returns),
        0.5 * returns[1] + 0.5 * returns[5]);

    FactorAttribution result =
        FactorAttribution.of(List.of(day), NAMES, SOURCE, Compounding.COMPOUND);

    FactorDay only = result.days().get(0);
    assertThat(result.factors()).containsExactly(FactorAttribution.MARKET, "size", "value");
    close(only.factorReturns(), 0.01, 0.002, -0.03);
    close(only.activeExposures(), 0, 1, 1);
    close(only.contributions(), 0, 0.002, -0.03);
    close(result.contributions(), 0, 0.002, -0.03);
    assertThat(only.specific()).isCloseTo(0, within(1e-15));
    assertThat(only.shares()).isEqualTo(8);
  }

  private static void close(List<Double> values, double... expected) {
    assertThat(values.stream().mapToDouble(Double::doubleValue).toArray())
        .containsExactly(expected, within(1e-14));
  }

  @Property(tries = 100)
  void whenHoldingsAreAny_thenAllPartsAreTheActiveReturn(
      @ForAll @IntRange(min = 0, max = 1_000_000) int seed, @ForAll Compounding compounding) {
    FactorAttribution result =
        FactorAttribution.of(SomeHoldings.random(seed, 12, 15), NAMES, SOURCE, compounding);

    double sum =
        result.contributions().stream().mapToDouble(Double::doubleValue).sum();
    assertThat(sum + result.specific()).isCloseTo(result.activeReturn(), within(1e-12));
  }

  @Test
  void whenThereAreTooFewShares_thenAllIsSpecific() {
    HoldingDay day = new HoldingDay(
        SomeReturns.days(1).get(0),
        SomeHoldings.map(1),
        SomeHoldings.map(),
        SomeHoldings.map(0.1, 0.2, 0.3),
        0.1);

    FactorDay only = FactorAttribution.of(List.of(day), NAMES, SOURCE, Compounding.SUM)
        .days()
        .get(0);

    assertThat(only.specific()).isEqualTo(0.1);
    assertThat(only.contributions()).containsOnly(0.0);
    assertThat(only.shares()).isEqualTo(3);
  }

  @Test
  void whenAnExposureIsNotKnown_thenTheShareIsLeftOut() {
    List<HoldingDay> days = SomeHoldings.random(1, 1, 20);
    FactorAttribution result = FactorAttribution.of(
        days, List.of("size"), (symbol, day) -> new double[] {Double.NaN}, Compounding.SUM);

    assertThat(result.days().get(0).shares()).isZero();
    assertThat(result.specific()).isEqualTo(days.get(0).activeReturn());
  }

  @Test
  void whenTheNumberOfExposuresIsWrong_thenRefused() {
    assertThatThrownBy(() -> FactorAttribution.of(
            SomeHoldings.random(1, 1, 20), List.of("size"), SOURCE, Compounding.SUM))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("2 exposures")
        .hasMessageContaining("for 1 factors");
    assertThatThrownBy(() -> FactorAttribution.of(List.of(), NAMES, SOURCE, Compounding.SUM))
        .isInstanceOf(QilinException.class);
  }
}

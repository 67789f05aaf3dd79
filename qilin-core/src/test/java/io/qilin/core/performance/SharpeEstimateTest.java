package io.qilin.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.QilinException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharpeEstimateTest {
  @Test
  void whenTheHedgeFundOfThePaper_thenItsProbabilities() {
    // Bailey and López de Prado (2012): two years of months, ratio 0.458 a month
    assertThat(new SharpeEstimate(0.458, 0, 3, 24).probabilityAbove(0))
        .isCloseTo(0.982, within(5e-4));
    assertThat(new SharpeEstimate(0.458, -2.448, 10.164, 24).probabilityAbove(0))
        .isCloseTo(0.913, within(5e-4));
  }

  @ParameterizedTest
  @CsvSource({"252, 0, 3, 2.73", "52, 0, 3, 2.83", "12, 0, 3, 3.24", "12, -0.72, 5.78, 4.99"})
  void whenAnAnnualRatioOfTwoIsToBeatOne_thenTheYearsOfThePaper(
      double year, double skewness, double kurtosis, double years) {
    double root = Math.sqrt(year);

    double periods =
        new SharpeEstimate(2 / root, skewness, kurtosis, 1).minimumPeriods(1 / root, 0.95);

    assertThat(periods / year).isCloseTo(years, within(5e-3));
  }

  @Test
  void whenComputed_thenTheMomentsAreThoseOfTheSample() {
    // mean 2, squares 4 + 1 + 1 + 16 → hand: values 0 1 1 6
    SharpeEstimate estimate = SharpeEstimate.of(SomeReturns.of(0, 1, 1, 6, Double.NaN));

    assertThat(estimate.periods()).isEqualTo(4);
    assertThat(estimate.ratio()).isCloseTo(2 / Math.sqrt(22 / 3.0), within(1e-15));
    assertThat(estimate.skewness())
        .isCloseTo((-8 - 1 - 1 + 64) / 4.0 / Math.pow(5.5, 1.5), within(1e-15));
    assertThat(estimate.kurtosis())
        .isCloseTo((16 + 1 + 1 + 256) / 4.0 / (5.5 * 5.5), within(1e-15));
  }

  @Test
  void whenNothingVaries_thenNothingIsKnown() {
    for (ReturnSeries series : new ReturnSeries[] {
      SomeReturns.of(0, 0, 0),
      SomeReturns.of(0.1, 0.1, 0.1),
      SomeReturns.of(0.1),
      ReturnSeries.EMPTY
    }) {
      SharpeEstimate estimate = SharpeEstimate.of(series);
      assertThat(estimate.ratio()).isNaN();
      assertThat(estimate.standardError()).isNaN();
      assertThat(estimate.probabilityAbove(0)).isNaN();
      assertThat(estimate.minimumPeriods(0, 0.95)).isNaN();
    }
  }

  @Test
  void whenNotAboveTheThreshold_thenNoTimeSuffices() {
    assertThat(new SharpeEstimate(0.1, 0, 3, 100).minimumPeriods(0.1, 0.95)).isInfinite();
  }

  @Test
  void whenOutsideTheRange_thenRefused() {
    SharpeEstimate estimate = new SharpeEstimate(0.1, 0, 3, 100);
    for (double bad : new double[] {0.4, 1, Double.NaN}) {
      assertThatThrownBy(() -> estimate.minimumPeriods(0, bad))
          .isInstanceOf(QilinException.class)
          .hasMessageContaining("confidence");
    }
    assertThatThrownBy(() -> new SharpeEstimate(0, 0, 3, -1)).isInstanceOf(QilinException.class);
  }

  @Property
  void whenTheRecordHasTheMinimumLength_thenTheProbabilityIsTheConfidence(
      @ForAll @IntRange(min = 0, max = 100_000) int seed) {
    SharpeEstimate some = SharpeEstimate.of(SomeReturns.random(seed, 250, 0.001));
    double threshold = some.ratio() - 0.05;
    int periods = (int) Math.round(some.minimumPeriods(threshold, 0.9));

    double probability = new SharpeEstimate(some.ratio(), some.skewness(), some.kurtosis(), periods)
        .probabilityAbove(threshold);

    assertThat(probability).isCloseTo(0.9, within(2e-3));
  }
}

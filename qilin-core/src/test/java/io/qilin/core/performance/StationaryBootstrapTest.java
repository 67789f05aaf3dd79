package io.qilin.core.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.QilinException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StationaryBootstrapTest {
  private final ReturnSeries series = SomeReturns.random(7, 400, 0.0005);

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  @Test
  void whenTheSeedIsTheSame_thenTheIntervalIs() {
    Interval first = StationaryBootstrap.of(1).interval(series, StationaryBootstrapTest::mean);

    assertThat(StationaryBootstrap.of(1).interval(series, StationaryBootstrapTest::mean))
        .isEqualTo(first);
    assertThat(StationaryBootstrap.of(2).interval(series, StationaryBootstrapTest::mean))
        .isNotEqualTo(first);
  }

  @Test
  void whenDaysAreIndependent_thenTheIntervalOfTheMeanIsTheTextbooksOne() {
    Interval interval =
        new StationaryBootstrap(3, 20_000, 1, 0.95).interval(series, StationaryBootstrapTest::mean);

    Moments moments = Moments.of(series.values());
    double half = 1.96 * moments.deviation() / Math.sqrt(400);
    assertThat(interval.estimate()).isEqualTo(mean(series.values()));
    assertThat(interval.low()).isCloseTo(moments.mean() - half, within(0.05 * half));
    assertThat(interval.high()).isCloseTo(moments.mean() + half, within(0.05 * half));
    assertThat(interval.holdsZero()).isEqualTo(moments.mean() < half);
    assertThat(interval.resamples()).isEqualTo(20_000);
  }

  @Test
  void whenBlocksAreLong_thenNeighboursStayTogether() {
    double[] rising = new double[100];
    Arrays.setAll(rising, i -> i / 1000.0);
    double steps = new StationaryBootstrap(5, 100, 50, 0.5)
        .interval(SomeReturns.of(rising), sample -> {
          int neighbours = 0;
          for (int i = 1; i < sample.length; i++) {
            neighbours += sample[i] - sample[i - 1] < 0.0015 && sample[i] > sample[i - 1] ? 1 : 0;
          }
          return neighbours;
        })
        .low();

    assertThat(steps).isGreaterThan(90);
  }

  @Test
  void whenTheFigureIsNotDefined_thenNeitherIsTheInterval() {
    Interval interval = StationaryBootstrap.of(1)
        .interval(SomeReturns.of(0, 0, 0), r -> Moments.of(r).ratio());

    assertThat(interval.low()).isNaN();
    assertThat(interval.high()).isNaN();
    assertThat(interval.resamples()).isZero();
    assertThat(interval.holdsZero()).isFalse();
    assertThat(StationaryBootstrap.of(1)
            .interval(ReturnSeries.EMPTY, r -> r.length)
            .low())
        .isNaN();
  }

  @Test
  void whenSettingsAreImpossible_thenRefused() {
    assertThatThrownBy(() -> new StationaryBootstrap(1, 99, 20, 0.95))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new StationaryBootstrap(1, 100, 0.5, 0.95))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new StationaryBootstrap(1, 100, 20, 1))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("confidence 1.0");
  }
}

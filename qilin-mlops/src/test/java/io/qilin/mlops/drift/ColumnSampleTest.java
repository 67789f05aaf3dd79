package io.qilin.mlops.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.QilinException;
import org.junit.jupiter.api.Test;

class ColumnSampleTest {
  @Test
  void whenAStreamIsLong_thenTheSampleIsBoundedAndTrue() {
    ColumnSample.Collector collector = ColumnSample.collector(1_000, 5);
    for (int i = 0; i < 200_000; i++) {
      collector.add(i % 100 == 99 ? Double.NaN : i);
    }
    ColumnSample sample = collector.sample();
    assertThat(sample.size()).isEqualTo(1_000);
    assertThat(sample.known()).isEqualTo(198_000);
    assertThat(sample.missingShare()).isEqualTo(0.01);
    for (double share : new double[] {0.1, 0.5, 0.9}) {
      // 1.36/√1000, and half as much again.
      assertThat(sample.quantile(share) / 200_000).isCloseTo(share, within(0.065));
    }
  }

  @Test
  void whenGatheredAgain_thenTheSampleIsTheSame() {
    ColumnSample.Collector one = ColumnSample.collector(100, 5);
    ColumnSample.Collector two = ColumnSample.collector(100, 5);
    for (int i = 0; i < 10_000; i++) {
      one.add(Math.sin(i));
      two.add(Math.sin(i));
    }
    for (int i = 0; i <= 100; i++) {
      assertThat(one.sample().quantile(i / 100.0)).isEqualTo(two.sample().quantile(i / 100.0));
    }
  }

  @Test
  void whenNothingIsKnown_thenQuantilesAreNot() {
    ColumnSample none = ColumnSample.of();
    assertThat(none.quantile(0.5)).isNaN();
    assertThat(none.missingShare()).isNaN();
    assertThat(ColumnSample.of(Double.NaN, Double.NaN).missingShare()).isEqualTo(1);
  }

  @Test
  void whenItGoesOn_thenTheEarlierSampleStands() {
    ColumnSample.Collector collector = ColumnSample.collector(10, 1).add(1).add(3);
    ColumnSample before = collector.sample();
    collector.add(-5);
    assertThat(before.quantile(0)).isEqualTo(1);
    assertThat(collector.sample().quantile(0)).isEqualTo(-5);
  }

  @Test
  void whenArgumentsAreWrong_thenTheyAreRefused() {
    assertThatThrownBy(() -> ColumnSample.collector(0, 1)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> ColumnSample.of(1).quantile(Double.NaN))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> ColumnSample.of(1).withEffectiveSize(0))
        .isInstanceOf(QilinException.class);
    assertThat(ColumnSample.of(1, 2).withEffectiveSize(9).effectiveSize()).isEqualTo(2);
  }
}

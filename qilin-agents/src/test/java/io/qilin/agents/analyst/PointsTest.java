package io.qilin.agents.analyst;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PointsTest {
  @Test
  void whenOnAStep_thenAboveAndFromDiffer() {
    assertThat(Points.above(0.10, 0, 0.10, 1, 0.05, 0.5)).isEqualTo(0.5);
    assertThat(Points.from(0.10, 0, 0.10, 1, 0.05, 0.5)).isEqualTo(1);
    assertThat(Points.above(0.05, 0, 0.10, 1, 0.05, 0.5)).isZero();
    assertThat(Points.above(Double.NaN, 0, 0.1, 1)).isNaN();
    assertThat(Points.from(Double.NaN, 0, 0.1, 1)).isNaN();
  }
}

package io.qilin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.factor.FactorTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RollingKernelTest {
  private static final int DAYS = 150;

  @ParameterizedTest
  @EnumSource
  void whenBothComputeAKernel_thenTheyAgreeOnFullWindows(RollingKernel kernel) {
    RollingSeries series = RollingSeries.of(DAYS);
    double[] ta4j = series.ta4j(kernel);
    FactorTable qilin = series.qilin(kernel.factors());
    assertThat(ta4j).hasSize(DAYS);
    for (int day = 60; day < DAYS; day++) {
      double value = qilin.value(0, 0, day);
      assertThat(ta4j[day] * kernel.ta4jScale())
          .as("%s on day %d", kernel, day)
          .isCloseTo(value, within(1e-9 * Math.max(1, Math.abs(value))));
    }
  }
}

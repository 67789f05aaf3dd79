package io.qilin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.factor.FactorBlock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RollingKernelTest {
  private static final int DAYS = 150;

  @ParameterizedTest
  @EnumSource
  void whenBothComputeAKernel_thenTheyAgreeOnFullWindows(RollingKernel kernel) {
    RollingPanel panel = RollingPanel.of(new Size(2, DAYS));
    double[][] ta4j = panel.ta4j(kernel, panel.values());
    FactorBlock qilin = panel.qilin(kernel.factors(), panel.block(kernel.factors()));
    for (int day = 60; day < DAYS; day++) {
      double value = qilin.value(0, 1, day);
      assertThat(ta4j[1][day] * kernel.ta4jScale())
          .as("%s on day %d", kernel, day)
          .isCloseTo(value, within(1e-9 * Math.max(1, Math.abs(value))));
    }
  }
}

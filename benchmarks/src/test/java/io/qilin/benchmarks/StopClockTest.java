package io.qilin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StopClockTest {
  @ParameterizedTest
  @CsvSource({"wall, 1", "wall, 2", "cpu, 1"})
  void whenAClockIsNamed_thenItDoesNotGoBack(String name, int threads) {
    LongSupplier clock = StopClock.named(name, threads);
    long before = clock.getAsLong();
    assertThat(clock.getAsLong()).isGreaterThanOrEqualTo(before);
  }

  @Test
  void whenSeveralThreadsCompute_thenTheCpuClockIsRefused() {
    assertThatThrownBy(() -> StopClock.named("cpu", 2))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("--threads 1");
  }

  @Test
  void whenNobodyKnowsTheClock_thenItIsRefused() {
    assertThatThrownBy(() -> StopClock.named("sun", 1))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("'sun'");
  }
}

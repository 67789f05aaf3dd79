package io.qilin.data.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YardstickTest {
  @Test
  void whenPassesAreMade_thenEachIsTimedByTheGivenClock() {
    AtomicLong now = new AtomicLong();
    Yardstick yardstick = Yardstick.of(3, 40, () -> now.getAndAdd(2_000_000));
    assertThat(yardstick.bytes()).isEqualTo(3 * 40 * 8);
    Timings writes = yardstick.writes(5);
    assertThat(writes.count()).isEqualTo(5);
    assertThat(writes.minMs()).isEqualTo(2);
    assertThat(writes.quantileMs(1)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"0, 5", "5, 0", "-1, 5"})
  void whenThereIsNothingToWrite_thenItIsRefused(int columns, int cells) {
    assertThatThrownBy(() -> Yardstick.of(columns, cells, () -> 0))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void whenNoPassIsAskedFor_thenItIsRefused() {
    Yardstick yardstick = Yardstick.of(1, 1, () -> 0);
    assertThatThrownBy(() -> yardstick.writes(0))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void whenTheMachineIsMeasured_thenWorkIsDividedByTime() {
    AtomicLong now = new AtomicLong();
    MachineSpeed speed = MachineSpeed.measure(() -> now.getAndAdd(16_777_216));
    assertThat(speed.copyGigabytes()).isEqualTo(16.0 * (8 << 20) / 16_777_216);
    assertThat(speed.fmaGigaflops()).isEqualTo(2 * speed.addGigaflops());
    assertThat(speed.addGigaflops()).isEqualTo(1024.0 * 2000 * 16 / 16_777_216);
    assertThat(speed.divideGigaflops()).isEqualTo(speed.addGigaflops());
  }
}

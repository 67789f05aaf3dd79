package io.qilin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TickMeterTest {
  @Test
  void whenTicksAreMeasured_thenWarmUpTicksRunAndDoNotCount() {
    AtomicInteger runs = new AtomicInteger();
    TickMeter meter = TickMeter.measure(runs::incrementAndGet, 7, 20);
    assertThat(runs).hasValue(27);
    assertThat(meter.latency().count()).isEqualTo(20);
  }

  @Test
  void whenATickAllocates_thenItsBytesAreCounted() {
    AtomicReference<byte[]> last = new AtomicReference<>(new byte[0]);
    TickMeter meter = TickMeter.measure(() -> last.set(new byte[100_000]), 5, 50);
    assertThat(meter.bytesPerTick()).isBetween(100_000.0, 101_000.0);
  }

  @Test
  void whenATickAllocatesNothing_thenNothingIsCounted() {
    AtomicInteger runs = new AtomicInteger();
    TickMeter meter = TickMeter.measure(runs::incrementAndGet, 1_000, 1_000);
    assertThat(meter.bytesPerTick()).isZero();
  }

  @Test
  void whenTheMarketTicksOn_thenEveryDayHasAllFeatures() {
    Alpha158Ticks ticks = Alpha158Ticks.of(2);
    var first = ticks.next();
    var second = ticks.next();
    assertThat(first.names()).hasSize(158);
    assertThat(second.days()).isNotEqualTo(first.days());
    assertThat(second.value(157, 1, 0)).isFinite();
  }
}

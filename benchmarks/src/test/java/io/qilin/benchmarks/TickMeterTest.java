package io.qilin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.FactorBlock;
import io.qilin.api.market.Panel;
import io.qilin.data.demo.SplitMixPanel;
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
  void whenTheMarketTicksOn_thenEveryDayHasTheFeaturesOfTheBatch() {
    Panel panel = SplitMixPanel.of(3, 80, SplitMixPanel.SUSPENDED);
    Alpha158Ticks ticks = Alpha158Ticks.of(panel);
    try (FactorBatch batch = FactorBatch.alpha158(panel, 1)) {
      FactorBlock block = batch.compute();
      for (int day = Alpha158Ticks.HISTORY; day < 80; day++) {
        ticks.next();
        for (int feature = 0; feature < batch.features(); feature++) {
          assertThat(Double.doubleToLongBits(ticks.value(feature, 2)))
              .isEqualTo(Double.doubleToLongBits(block.value(feature, 2, day)));
        }
      }
    }
  }
}

package io.qilin.flink;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** A timer fires when, and not before, the watermark in nanoseconds has come so far. */
class WatermarksTest {
  @Property
  void whenAWatermarkIsSent_thenATimerFiresOnlyIfItsMomentHasCome(
      @ForAll @LongRange(min = -4_000_000_000_000_000_000L, max = 4_000_000_000_000_000_000L)
          long due,
      @ForAll @LongRange(min = -3_000_000L, max = 3_000_000L) long distance) {
    long watermark = due + distance;
    boolean fires = Watermarks.timer(due) <= Watermarks.millis(watermark);
    if (fires) {
      assertThat(watermark).isGreaterThanOrEqualTo(due);
    } else {
      assertThat(distance).isLessThan(1_000_000);
    }
    assertThat(Watermarks.nanos(Watermarks.timer(due))).isGreaterThanOrEqualTo(due);
    assertThat(Watermarks.nanos(Watermarks.millis(watermark))).isLessThanOrEqualTo(watermark);
  }
}

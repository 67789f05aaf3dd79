package io.qilin.data.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimingsTest {
  private static final long MILLI = 1_000_000;

  @Test
  void whenGivenInAnyOrder_thenMedianAndShortestAreFound() {
    Timings odd = Timings.of(5 * MILLI, MILLI, 3 * MILLI);
    assertThat(odd.medianMs()).isEqualTo(3);
    assertThat(odd.minMs()).isEqualTo(1);
    assertThat(Timings.of(4 * MILLI, MILLI, 2 * MILLI, 9 * MILLI).medianMs()).isEqualTo(3);
  }

  @Test
  void whenAskedForAQuantile_thenItIsTheNearestRank() {
    Timings hundred =
        Timings.of(LongStream.rangeClosed(1, 100).map(ms -> ms * MILLI).toArray());
    assertThat(hundred.quantileMs(0.5)).isEqualTo(50);
    assertThat(hundred.quantileMs(0.99)).isEqualTo(99);
    assertThat(hundred.quantileMs(0.999)).isEqualTo(100);
    assertThat(hundred.quantileMs(1)).isEqualTo(100);
    assertThat(Timings.of(7 * MILLI).quantileMs(0.01)).isEqualTo(7);
  }

  @Test
  void whenMeasured_thenEachRunIsTimedByTheGivenClock() {
    AtomicLong now = new AtomicLong();
    AtomicInteger runs = new AtomicInteger();
    Timings timings =
        Timings.measure(4, now::get, () -> now.addAndGet(MILLI * runs.incrementAndGet()));
    assertThat(timings.count()).isEqualTo(4);
    assertThat(timings.minMs()).isEqualTo(1);
    assertThat(timings.quantileMs(1)).isEqualTo(4);
  }

  @Test
  void whenJoined_thenBothCount() {
    Timings both = Timings.of(2 * MILLI).and(Timings.of(6 * MILLI, MILLI));
    assertThat(both.count()).isEqualTo(3);
    assertThat(both.medianMs()).isEqualTo(2);
  }

  @Test
  void whenTheGivenArrayChanges_thenTheTimingsDoNot() {
    long[] nanos = {MILLI};
    Timings timings = Timings.of(nanos);
    nanos[0] = 0;
    assertThat(timings.minMs()).isEqualTo(1);
  }

  @Test
  void whenThereIsNothingToTell_thenItIsRefused() {
    assertInvalid(() -> Timings.of());
    assertInvalid(() -> Timings.measure(0, () -> 0, () -> {}));
    assertInvalid(() -> Timings.measure(-1, () -> 0, () -> {}));
    assertInvalid(() -> Timings.of(1).quantileMs(0));
    assertInvalid(() -> Timings.of(1).quantileMs(1.5));
    assertInvalid(() -> Timings.of(1).quantileMs(Double.NaN));
  }

  private static void assertInvalid(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }
}

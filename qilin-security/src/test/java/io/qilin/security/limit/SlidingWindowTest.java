package io.qilin.security.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.security.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlidingWindowTest {
  private final AtomicLong ticker = new AtomicLong(-3);
  private final SlidingWindow window = SlidingWindow.of(4, Duration.ofNanos(1_000), ticker::get);

  @Test
  void whenTheWindowIsFull_thenItOpensWhenTheOldestSlotIsOver() {
    assertThat(window.tryTake(3)).isZero();
    ticker.addAndGet(250);
    assertThat(window.tryTake(2)).isEqualTo(1_100 - 250);
    assertThat(window.tryTake(1)).isZero();
    assertThat(window.tryTake(4)).isEqualTo(1_300 - 250);
    ticker.addAndGet(1_099 - 250);
    assertThat(window.tryTake(1)).isEqualTo(1);
    ticker.addAndGet(1);
    assertThat(window.tryTake(3)).isZero();
    assertThat(window.tryTake(1)).isPositive();
  }

  @Test
  void whenThereWasALongPause_thenAllIsForgotten() {
    assertThat(window.tryTake(4)).isZero();
    ticker.addAndGet(Duration.ofDays(300).toNanos());
    assertThat(window.tryTake(4)).isZero();
    assertThat(window.tryTake(1)).isPositive();
  }

  @Test
  void whenTheTickerGoesBack_thenItIsClosedForOneWindowOnly() {
    assertThat(window.tryTake(4)).isZero();
    ticker.addAndGet(-1_000_000_007);
    long wait = window.tryTake(1);
    assertThat(wait).isBetween(1L, 1_100L);
    ticker.addAndGet(wait);
    assertThat(window.tryTake(4)).isZero();
  }

  @Property(tries = 50)
  void whenTimesAreRandom_thenNoWindowHoldsMoreThanTheLimit(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int limit) {
    Random random = new Random(seed);
    AtomicLong time = new AtomicLong();
    SlidingWindow limited = SlidingWindow.of(limit, Duration.ofNanos(1_000), time::get);
    List<Long> taken = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      time.addAndGet(random.nextInt(300));
      if (limited.tryTake(1) == 0) {
        taken.add(time.get());
      } else {
        assertThat(
                taken.stream().filter(at -> at / 100 >= time.get() / 100 - 10).count())
            .isEqualTo(limit);
      }
      assertThat(taken.stream().filter(at -> at > time.get() - 1_000).count())
          .isLessThanOrEqualTo(limit);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, PT1S", "1000000001, PT1S", "1, PT0S", "1, PT-1S", "1, PT24H0.000000001S"})
  void whenAWindowIsOutOfRange_thenThereIsNone(long permits, Duration length) {
    assertThatThrownBy(() -> SlidingWindow.of(permits, length, ticker::get))
        .hasMessageContaining("QILIN-1001");
    assertThatThrownBy(() -> LocalLimits.slidingWindows(permits, length, 1, ticker::get))
        .hasMessageContaining("QILIN-1001");
  }

  @Test
  void whenAWindowIsAtItsBounds_thenItIsTaken() {
    assertThat(
            SlidingWindow.of(1_000_000_000, Duration.ofDays(1), ticker::get).tryTake(1_000_000_000))
        .isZero();
    assertThat(SlidingWindow.of(1, Duration.ofNanos(1), ticker::get).tryTake(1)).isZero();
  }

  @Test
  void whenManyTakeAtOnce_thenExactlyTheLimitIsAdmitted() throws Exception {
    int permits = Race.rounds(20_000) / 2;
    SlidingWindow shared = SlidingWindow.of(permits, Duration.ofSeconds(1), () -> 42);

    List<Integer> admitted = Race.run(4, () -> {
      int count = 0;
      for (int i = 0; i < permits / 2; i++) {
        count += shared.tryTake(1) == 0 ? 1 : 0;
      }
      return count;
    });

    assertThat(admitted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(permits);
  }
}

package io.qilin.security.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.Race;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LocalLimitsTest {
  private static final long SECOND = 1_000_000_000;
  private static final RateLimit TWO = RateLimit.of(2, Duration.ofSeconds(1));

  private final AtomicLong ticker = new AtomicLong();

  private LocalLimits limits(int keys) {
    return LocalLimits.tokenBuckets(TWO, keys, ticker::get);
  }

  @Test
  void whenKeysDiffer_thenEachHasItsOwn() {
    LocalLimits limits = limits(10);

    assertThat(limits.tryTake(LimitKey.user("a"), 2)).isZero();
    assertThat(limits.tryTake(LimitKey.user("a"), 1)).isEqualTo(SECOND / 2);
    assertThat(limits.tryTake(LimitKey.apiKey("a"), 2)).isZero();
    assertThat(limits.tryTake(LimitKey.user("b"), 2)).isZero();
    assertThat(limits.keys()).isEqualTo(3);
    assertThat(limits.take(LimitKey.user("b"), 1).admitted()).isFalse();
  }

  @Test
  void whenTheTableIsFull_thenNobodyGetsHisPermitsBackByBringingOtherKeys() {
    LocalLimits limits = limits(100);
    LimitKey attacker = LimitKey.user("attacker");
    assertThat(limits.tryTake(attacker, 2)).isZero();

    for (int i = 0; i < 20_000; i++) {
      limits.tryTake(LimitKey.user("flood" + i), 1);
      assertThat(limits.keys()).isLessThanOrEqualTo(100);
    }

    assertThat(limits.tryTake(attacker, 1)).isEqualTo(SECOND / 2);
  }

  @Test
  void whenTheTableIsFull_thenNewKeysShareAndKnownOnesKeepTheirs() {
    LocalLimits limits = limits(100);
    for (int i = 0; i < 100; i++) {
      assertThat(limits.tryTake(LimitKey.user("known" + i), 1)).isZero();
    }
    int admitted = 0;
    for (int i = 0; i < 10_000; i++) {
      admitted += limits.tryTake(LimitKey.user("new" + i), 1) == 0 ? 1 : 0;
    }

    assertThat(admitted).isEqualTo(64 * 2);
    for (int i = 0; i < 100; i++) {
      assertThat(limits.tryTake(LimitKey.user("known" + i), 1)).isZero();
    }
    assertThat(limits.keys()).isEqualTo(100);
  }

  @Test
  void whenKeysAreIdle_thenTheyMakeRoom() {
    LocalLimits limits = limits(100);
    for (int i = 0; i < 100; i++) {
      limits.tryTake(LimitKey.user("old" + i), 2);
    }
    ticker.addAndGet(SECOND);
    for (int i = 0; i < 100; i++) {
      assertThat(limits.tryTake(LimitKey.user("new" + i), 2)).isZero();
      assertThat(limits.tryTake(LimitKey.user("new" + i), 1)).isEqualTo(SECOND / 2);
    }
    assertThat(limits.keys()).isEqualTo(100);
  }

  @Test
  void whenAMeterIsOneNanosecondFromFull_thenItIsKept() {
    LocalLimits limits = limits(1);
    LimitKey first = LimitKey.user("first");
    assertThat(limits.tryTake(first, 2)).isZero();
    ticker.addAndGet(SECOND - 1);
    limits.tryTake(LimitKey.user("second"), 1);

    assertThat(limits.tryTake(first, 2)).isEqualTo(1);
    ticker.addAndGet(1);
    assertThat(limits.tryTake(LimitKey.user("third"), 2)).isZero();
    assertThat(limits.tryTake(LimitKey.user("third"), 1)).isEqualTo(SECOND / 2);
    assertThat(limits.tryTake(first, 2)).isZero();
  }

  @Test
  void whenASharingKeyGetsItsOwnMeter_thenItBeginsWithWhatIsLeft() {
    LocalLimits buckets =
        LocalLimits.tokenBuckets(new RateLimit(1, Duration.ofNanos(1_000), 3), 1, ticker::get);
    LocalLimits windows = LocalLimits.slidingWindows(3, Duration.ofNanos(1_000), 1, ticker::get);
    for (LocalLimits limits : List.of(buckets, windows)) {
      LimitKey late = LimitKey.user("late");
      assertThat(limits.tryTake(LimitKey.user("early"), 1)).isZero();
      ticker.addAndGet(900);
      assertThat(limits.tryTake(late, 2)).isZero();
      ticker.addAndGet(300);
      assertThat(limits.tryTake(late, 1)).isZero();
      assertThat(limits.keys()).isEqualTo(1);
      assertThat(limits.tryTake(late, 1)).isPositive();
      assertThat(limits.tryTake(LimitKey.user("early"), 1)).isZero();
    }
  }

  @Test
  void whenWindowsAreIdle_thenTheyMakeRoomToo() {
    LocalLimits limits = LocalLimits.slidingWindows(1, Duration.ofSeconds(1), 1, ticker::get);
    assertThat(limits.tryTake(LimitKey.user("a"), 1)).isZero();
    ticker.addAndGet(SECOND);
    limits.tryTake(LimitKey.user("b"), 1);
    assertThat(limits.tryTake(LimitKey.user("a"), 1)).isEqualTo(SECOND / 10);
    ticker.addAndGet(SECOND / 10);
    limits.tryTake(LimitKey.user("c"), 1);

    assertThat(limits.tryTake(LimitKey.user("c"), 1)).isEqualTo(SECOND + SECOND / 10);
    assertThat(limits.keys()).isEqualTo(1);
  }

  @Test
  void whenManyThreadsBringManyKeys_thenNoKeyGetsMoreThanItsLimit() throws Exception {
    LocalLimits limits = LocalLimits.tokenBuckets(TWO, 50, () -> 7);
    int rounds = Race.rounds(20_000);
    AtomicInteger[] admitted = new AtomicInteger[50];
    for (int i = 0; i < 50; i++) {
      admitted[i] = new AtomicInteger();
    }

    Race.run(4, () -> {
      for (int i = 0; i < rounds; i++) {
        int key = i % 50;
        admitted[key].addAndGet(limits.tryTake(LimitKey.user("k" + key), 1) == 0 ? 1 : 0);
      }
      return true;
    });

    assertThat(admitted).allSatisfy(count -> assertThat(count).hasValue(2));
    assertThat(limits.keys()).isEqualTo(50);
  }

  @Test
  void whenKeysComeAndGoOnManyThreads_thenTheTableStaysWithinItsBounds() throws Exception {
    AtomicLong time = new AtomicLong();
    LocalLimits limits = LocalLimits.tokenBuckets(TWO, 20, time::get);
    int rounds = Race.rounds(5_000);

    Race.run(4, () -> {
      for (int i = 0; i < rounds; i++) {
        time.addAndGet(SECOND / 50);
        limits.tryTake(LimitKey.user("k" + i % 200), 1);
        int keys = limits.keys();
        assertThat(keys).isBetween(0, 20);
      }
      return true;
    });
    time.addAndGet(10 * SECOND);
    assertThat(limits.tryTake(LimitKey.user("last"), 2)).isZero();
  }

  @Test
  void whenTheRoomOrTheWeightIsOutOfRange_thenItIsRefused() {
    assertThatThrownBy(() -> limits(0)).hasMessageContaining("1 to 10,000,000 keys");
    assertThatThrownBy(() -> limits(10_000_001)).hasMessageContaining("not for 10000001");
    assertThatThrownBy(() -> limits(1).take(LimitKey.user("a"), 3))
        .hasMessageContaining("weighs 1 to 2");
    assertThatThrownBy(() -> limits(1).take(LimitKey.user("a"), 0)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> LimitKey.user("")).hasMessageContaining("1 to 128");
    assertThatThrownBy(() -> LimitKey.user("a".repeat(129))).hasMessageContaining("129");
    assertThat(LimitKey.global("a".repeat(128)).value()).hasSize(128);
    assertThat(LimitKey.user("a"))
        .isLessThan(LimitKey.user("b"))
        .isGreaterThan(LimitKey.apiKey("b"));
  }

  @Test
  @SuppressWarnings("NullAway") // a store that breaks its contract
  void whenTheStoreFails_thenNothingIsLetThrough() {
    assertThatThrownBy(() -> RateLimiter.of((key, weight) -> null).take(LimitKey.user("a"), 1))
        .hasMessageContaining("QILIN-6013");
    assertThatThrownBy(() -> RateLimiter.of((key, weight) -> {
              throw new ArithmeticException("no");
            })
            .take(LimitKey.user("a"), 1))
        .hasMessageContaining("QILIN-6013")
        .hasCauseInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> RateLimiter.of((key, weight) -> {
              throw new QilinException(ErrorCode.TIMEOUT, "late");
            })
            .take(LimitKey.user("a"), 1))
        .hasMessage("QILIN-5002 late");
    assertThat(RateLimiter.of(limits(1)).take(LimitKey.user("a"), 1).admitted()).isTrue();
  }
}

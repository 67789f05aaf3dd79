package io.qilin.security.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.Race;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
  private static final long SECOND = 1_000_000_000;

  private final AtomicLong ticker = new AtomicLong(Long.MAX_VALUE - 7);
  private final TokenBucket bucket =
      TokenBucket.of(new RateLimit(10, Duration.ofSeconds(1), 5), ticker::get);

  @Test
  void whenTheBurstIsTaken_thenOnePermitComesBackAtATime() {
    for (int i = 0; i < 5; i++) {
      assertThat(bucket.tryTake(1)).isZero();
    }
    assertThat(bucket.tryTake(1)).isEqualTo(SECOND / 10);
    ticker.addAndGet(SECOND / 10 - 1);
    assertThat(bucket.tryTake(1)).isEqualTo(1);
    ticker.addAndGet(1);
    assertThat(bucket.tryTake(1)).isZero();
    assertThat(bucket.tryTake(1)).isEqualTo(SECOND / 10);
  }

  @Test
  void whenRequestsWeighMore_thenTheyWaitForAllOfIt() {
    assertThat(bucket.tryTake(3)).isZero();
    assertThat(bucket.tryTake(3)).isEqualTo(SECOND / 10);
    assertThat(bucket.tryTake(2)).isZero();
    assertThat(bucket.tryTake(5)).isEqualTo(SECOND / 2);
  }

  @Test
  void whenThereWasAPause_thenNoMoreThanTheBurstIsThere() {
    ticker.addAndGet(Duration.ofDays(300).toNanos());
    assertThat(bucket.tryTake(5)).isZero();
    assertThat(bucket.tryTake(1)).isPositive();
  }

  @Test
  void whenTheTickerGoesBack_thenItIsClosedForItsUsualTimeOnly() {
    assertThat(bucket.tryTake(5)).isZero();
    ticker.addAndGet(-Duration.ofHours(1).toNanos());
    assertThat(bucket.tryTake(2)).isEqualTo(SECOND / 5);
    assertThat(bucket.tryTake(1)).isEqualTo(SECOND / 10);
    ticker.addAndGet(SECOND / 10);
    assertThat(bucket.tryTake(1)).isZero();
    ticker.addAndGet(SECOND / 2);
    assertThat(bucket.tryTake(5)).isZero();
  }

  @Test
  void whenTheTickerOnlyGoesBack_thenEveryCallEnds() {
    AtomicLong back = new AtomicLong();
    TokenBucket strange =
        TokenBucket.of(RateLimit.of(1, Duration.ofSeconds(1)), () -> back.addAndGet(-SECOND));

    assertThat(strange.tryTake(1)).isPositive();
    assertThat(strange.tryTake(1)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 6, Long.MAX_VALUE, Long.MIN_VALUE})
  void whenTheWeightIsOutOfRange_thenItIsRefusedAsAMistake(long weight) {
    assertThatThrownBy(() -> bucket.tryTake(weight))
        .hasMessageContaining("QILIN-1001")
        .hasMessageContaining("weighs 1 to 5");
  }

  @Test
  void whenItIsAsked_thenTheVerdictSaysHowLongToWait() {
    assertThat(bucket.take(5)).isEqualTo(LimitVerdict.Admitted.NOW);
    LimitVerdict refused = bucket.take(5);

    assertThat(refused).isEqualTo(new LimitVerdict.Refused(Duration.ofMillis(500)));
    assertThat(refused.admitted()).isFalse();
    assertThatThrownBy(refused::orThrow)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED))
        .hasMessageContaining("try again in 1 s");
    assertThat(refused.<Long>fold(() -> 0L, LimitVerdict.Refused::seconds)).isEqualTo(1);
    assertThat(LimitVerdict.Admitted.NOW.<Long>fold(() -> 7L, LimitVerdict.Refused::seconds))
        .isEqualTo(7);
    LimitVerdict.Admitted.NOW.orThrow();
    assertThat(new LimitVerdict.Refused(Duration.ofSeconds(2)).seconds()).isEqualTo(2);
    assertThat(new LimitVerdict.Refused(Duration.ofSeconds(2).plusNanos(1)).seconds())
        .isEqualTo(3);
    assertThatThrownBy(() -> new LimitVerdict.Refused(Duration.ZERO))
        .hasMessageContaining("more than 0");
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT1S, 1",
    "1, PT0S, 1",
    "1, PT-1S, 1",
    "1, PT24H0.000000001S, 1",
    "1, PT1S, 0",
    "1000001, PT1S, 1",
    "1, PT1S, 1000000001",
    "1, PT24H, 366"
  })
  void whenALimitIsOutOfRange_thenThereIsNone(long permits, Duration period, long burst) {
    assertThatThrownBy(() -> new RateLimit(permits, period, burst))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("QILIN-1001");
  }

  @Test
  void whenALimitIsAtItsBounds_thenItIsTaken() {
    assertThat(new RateLimit(1_000_000, Duration.ofSeconds(1), 1_000_000_000).nanosPerPermit())
        .isEqualTo(1_000);
    assertThat(new RateLimit(1, Duration.ofDays(1), 365).burst()).isEqualTo(365);
    assertThat(RateLimit.of(3, Duration.ofSeconds(1)).nanosPerPermit()).isEqualTo(333_333_334);
    assertThat(RateLimit.of(3, Duration.ofSeconds(1)).burst()).isEqualTo(3);
  }

  @Property(tries = 50)
  void whenTimeAndWeightsAreRandom_thenNoIntervalHoldsMoreThanTheLimit(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int burst) {
    Random random = new Random(seed);
    AtomicLong time = new AtomicLong();
    TokenBucket limited =
        TokenBucket.of(new RateLimit(1_000, Duration.ofSeconds(1), burst), time::get);
    // The plain bucket: a level that is filled up by the time that has passed.
    double level = burst;
    long last = 0;
    for (int i = 0; i < 500; i++) {
      time.addAndGet(random.nextInt(4) * 500_000L);
      level = Math.min(burst, level + (time.get() - last) / 1e6);
      last = time.get();
      int weight = 1 + random.nextInt(burst);
      boolean fits = level >= weight - 1e-9;
      assertThat(limited.tryTake(weight) == 0).isEqualTo(fits);
      level -= fits ? weight : 0;
    }
  }

  @Test
  void whenManyTakeAtOnce_thenExactlyTheBurstIsAdmitted() throws Exception {
    int permits = Race.rounds(100_000) / 2;
    TokenBucket shared = TokenBucket.of(new RateLimit(1, Duration.ofMillis(1), permits), () -> 42);

    List<Integer> admitted = Race.run(4, () -> {
      int count = 0;
      for (int i = 0; i < permits / 2; i++) {
        count += shared.tryTake(1) == 0 ? 1 : 0;
      }
      return count;
    });

    assertThat(admitted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(permits);
    assertThat(shared.tryTake(1)).isEqualTo(1_000_000);
  }

  @Test
  void whenTimeRunsWhileManyTake_thenTheLimitHolds() throws Exception {
    AtomicLong time = new AtomicLong();
    TokenBucket shared = TokenBucket.of(new RateLimit(1, Duration.ofNanos(1_000), 100), time::get);
    int calls = Race.rounds(100_000) / 4;

    List<Integer> admitted = Race.run(4, () -> {
      int count = 0;
      for (int i = 0; i < calls; i++) {
        time.addAndGet(100);
        count += shared.tryTake(1) == 0 ? 1 : 0;
      }
      return count;
    });

    assertThat(admitted.stream().mapToInt(Integer::intValue).sum())
        .isBetween(100, 100 + (int) (time.get() / 1_000));
  }
}

package io.qilin.security.signing;

import static io.qilin.security.signing.Signing.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.security.Race;
import io.qilin.security.signing.NonceStore.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NonceCacheTest {
  private static final Duration WINDOW = Duration.ofSeconds(60);
  private static final Duration KEPT = Duration.ofSeconds(150);

  private final AtomicLong ticker = new AtomicLong(Long.MAX_VALUE - 3);

  private NonceCache cache(int room) {
    return NonceCache.of(room, WINDOW, ticker::get, Instant.MIN);
  }

  @Test
  void whenANonceComesAgain_thenItIsKnownForTwiceTheWindowAndTheLeeway() {
    NonceCache cache = cache(10);

    assertThat(cache.take("k", "n", START)).isEqualTo(Answer.FRESH);
    assertThat(cache.take("k", "n", START)).isEqualTo(Answer.SEEN);
    assertThat(cache.take("other", "n", START)).isEqualTo(Answer.FRESH);
    ticker.addAndGet(KEPT.toNanos());
    assertThat(cache.take("k", "n", START)).isEqualTo(Answer.SEEN);
    ticker.addAndGet(1);
    assertThat(cache.take("k", "n", START)).isEqualTo(Answer.TOO_OLD);
    assertThat(cache.take("k", "m", START)).isEqualTo(Answer.TOO_OLD);
    assertThat(cache.take("k", "n", START.plusNanos(1))).isEqualTo(Answer.FRESH);
  }

  @Test
  void whenAProcessStarts_thenWhatAnEarlierOneMayHaveSeenIsRefused() {
    NonceCache cache = NonceCache.of(10, WINDOW, ticker::get, START.plus(WINDOW));

    assertThat(cache.take("k", "n", START.plus(WINDOW))).isEqualTo(Answer.TOO_OLD);
    assertThat(cache.take("k", "n", START.plus(WINDOW).plusSeconds(1))).isEqualTo(Answer.FRESH);
  }

  @Test
  void whenTheCacheIsFull_thenItRefusesUntilNoncesAreOld() {
    NonceCache cache = cache(2);
    assertThat(cache.take("a", "1", START)).isEqualTo(Answer.FRESH);
    assertThat(cache.take("b", "1", START)).isEqualTo(Answer.FRESH);
    assertThat(cache.take("c", "1", START)).isEqualTo(Answer.FULL);
    assertThat(cache.take("a", "1", START)).isEqualTo(Answer.SEEN);
    assertThat(cache.size()).isEqualTo(2);
    ticker.addAndGet(KEPT.toNanos());
    assertThat(cache.take("c", "2", START.plus(KEPT))).isEqualTo(Answer.FULL);
    ticker.addAndGet(KEPT.toNanos() / 10);

    assertThat(cache.take("c", "3", START.plus(KEPT))).isEqualTo(Answer.FRESH);
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void whenOneKeyUsesUpItsShare_thenOthersHaveRoom() {
    NonceCache cache = cache(20_000);
    for (int i = 0; i < 2_000; i++) {
      assertThat(cache.take("greedy", "n" + i, START)).isEqualTo(Answer.FRESH);
    }
    assertThat(cache.take("greedy", "more", START)).isEqualTo(Answer.FULL);
    assertThat(cache.take("modest", "more", START)).isEqualTo(Answer.FRESH);
    NonceCache small = cache(1_500);
    for (int i = 0; i < 1_000; i++) {
      assertThat(small.take("greedy", "n" + i, START)).isEqualTo(Answer.FRESH);
    }
    assertThat(small.take("greedy", "more", START)).isEqualTo(Answer.FULL);
  }

  /** F8: whatever the wall clock does, no request is accepted twice. */
  @ParameterizedTest
  @ValueSource(longs = {-86_400, -3_600, -600, -151, -60, 60, 600, 3_600, 86_400})
  void whenTheWallClockJumps_thenNoReplayIsAccepted(long seconds) {
    Signing signing = new Signing();
    SignableRequest signed = signing.signed();
    assertThat(signing.verify(signed)).isEqualTo("ACCEPTED");

    signing.clock.advance(Duration.ofSeconds(seconds));
    assertThat(signing.verify(signed)).isNotEqualTo("ACCEPTED");
    for (int i = 0; i < 20; i++) {
      signing.ticker.addAndGet(Duration.ofSeconds(60).toNanos());
      signing.clock.set(START.plusSeconds(i));
      signing.verify(signing.signed());
      assertThat(signing.verify(signed)).isNotEqualTo("ACCEPTED");
    }
  }

  @Test
  void whenTheClockGoesBackAfterNoncesWereForgotten_thenOldRequestsAreTooOld() {
    Signing signing = new Signing();
    SignableRequest signed = signing.signed();
    assertThat(signing.verify(signed)).isEqualTo("ACCEPTED");
    signing.pass(Duration.ofSeconds(631));
    assertThat(signing.verify(signing.signed())).isEqualTo("ACCEPTED");
    signing.clock.set(START);

    assertThat(signing.verify(signed)).isEqualTo("NONCE_TOO_OLD");
  }

  @Test
  void whenSignaturesAreWrong_thenTheyTakeNoRoom() {
    Signing signing = new Signing();
    for (int i = 0; i < 300; i++) {
      SignableRequest wrong = Signing.with(
          signing.signed(),
          "x-nonce",
          java.util.Optional.of("0123456789abcdef0000" + (10_000 + i)));
      assertThat(signing.verify(wrong)).isEqualTo("SIGNATURE");
    }
    assertThat(signing.nonces.size()).isZero();
  }

  @Test
  void whenTheSameNoncesComeFromManyThreads_thenEachIsFreshOnce() throws Exception {
    int nonces = Race.rounds(20_000);
    NonceCache cache = cache(10_000_000);
    AtomicLong fresh = new AtomicLong();

    Race.run(4, () -> {
      for (int i = 0; i < nonces; i++) {
        if (cache.take("k" + i % 50, "n" + i, START) == Answer.FRESH) {
          fresh.incrementAndGet();
        }
      }
      return true;
    });

    assertThat(fresh).hasValue(nonces);
    assertThat(cache.size()).isEqualTo(nonces);
  }

  @Test
  void whenTimeRunsWhileNoncesCome_thenNoneIsFreshTwiceAndTheSizeIsRight() throws Exception {
    int nonces = Race.rounds(20_000);
    NonceCache cache = cache(500);
    AtomicLong fresh = new AtomicLong();

    Race.run(4, () -> {
      for (int i = 0; i < nonces; i++) {
        ticker.addAndGet(Duration.ofSeconds(1).toNanos());
        Instant stampedAt = START.plusSeconds(i);
        if (cache.take("k", "n" + i, stampedAt) == Answer.FRESH) {
          fresh.incrementAndGet();
        }
        int size = cache.size();
        assertThat(size).isBetween(0, 504);
      }
      return true;
    });

    assertThat(fresh.get()).isLessThanOrEqualTo(nonces).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"0, PT60S", "10000001, PT60S", "1, PT0.999S", "1, PT300.001S"})
  void whenTheRoomOrTheWindowIsOutOfRange_thenThereIsNone(int room, Duration window) {
    assertThatThrownBy(() -> NonceCache.of(room, window, ticker::get, START))
        .hasMessageContaining("QILIN-1001");
  }
}

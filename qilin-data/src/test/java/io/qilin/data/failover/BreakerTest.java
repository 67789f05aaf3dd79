package io.qilin.data.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private static final long OPEN = Duration.ofSeconds(10).toNanos();

  private final AtomicLong ticker = new AtomicLong(Long.MAX_VALUE - 100);
  private final Breaker breaker = new Breaker(BreakerSettings.DEFAULT, ticker::get, 1);

  private void fail(int times) {
    for (int k = 0; k < times; k++) {
      breaker.enter().orElseThrow().failed(1, error());
    }
  }

  @Property(tries = 50)
  void whenEveryCallFails_thenItOpensWithinTenCalls(@ForAll @IntRange(max = 30) int good) {
    AtomicLong still = new AtomicLong();
    Breaker fresh = new Breaker(BreakerSettings.DEFAULT, still::get, good);
    for (int k = 0; k < good; k++) {
      fresh.enter().orElseThrow().succeeded(1);
    }
    int failing = 0;
    while (fresh.state() == CallGuard.State.CLOSED) {
      fresh.enter().orElseThrow().failed(1, error());
      failing++;
    }
    assertThat(failing).isBetween(3, 10);
    assertThat(fresh.enter()).isEmpty();
  }

  @Test
  void whenTheOpenTimeIsOver_thenOneProbeGoesThroughAndClosesIt() {
    fail(5);
    ticker.addAndGet(OPEN * 8 / 10);
    assertThat(breaker.enter()).isEmpty();
    ticker.addAndGet(OPEN * 2 / 10);
    CallGuard.Pass probe = breaker.enter().orElseThrow();
    assertThat(breaker.enter()).isEmpty();
    probe.succeeded(1);
    assertThat(breaker.state()).isEqualTo(CallGuard.State.CLOSED);
    fail(4);
    assertThat(breaker.state()).as("an empty memory").isEqualTo(CallGuard.State.CLOSED);
  }

  @Test
  void whenTheProbeFails_thenItOpensAgainForTheOpenTime() {
    fail(5);
    ticker.addAndGet(OPEN);
    breaker.enter().orElseThrow().failed(1, error());
    assertThat(breaker.state()).isEqualTo(CallGuard.State.OPEN);
    assertThat(breaker.enter()).isEmpty();
    ticker.addAndGet(OPEN);
    assertThat(breaker.enter()).isPresent();
  }

  @Test
  void whenTheProbeIsAbandoned_thenAnotherMayGoThrough() {
    fail(5);
    ticker.addAndGet(OPEN);
    CallGuard.Pass first = breaker.enter().orElseThrow();
    first.abandoned();
    CallGuard.Pass second = breaker.enter().orElseThrow();
    first.failed(1, error());
    assertThat(breaker.state()).isEqualTo(CallGuard.State.HALF_OPEN);
    second.succeeded(1);
    assertThat(breaker.state()).isEqualTo(CallGuard.State.CLOSED);
  }

  @Test
  void whenACallIsSlow_thenItCountsAsBad() {
    for (int k = 0; k < 5; k++) {
      breaker.enter().orElseThrow().succeeded(Duration.ofSeconds(2).toNanos());
    }
    assertThat(breaker.state()).isEqualTo(CallGuard.State.OPEN);
  }

  @Test
  void whenAnOutcomeIsReportedTwice_thenItCountsOnce() {
    CallGuard.Pass pass = breaker.enter().orElseThrow();
    for (int k = 0; k < 20; k++) {
      pass.failed(1, error());
    }
    assertThat(breaker.state()).isEqualTo(CallGuard.State.CLOSED);
  }

  @Test
  void whenAnOutcomeComesAfterAChangeOfState_thenItDoesNotCount() {
    CallGuard.Pass late = breaker.enter().orElseThrow();
    fail(5);
    ticker.addAndGet(OPEN);
    CallGuard.Pass probe = breaker.enter().orElseThrow();
    late.succeeded(1);
    assertThat(breaker.state()).isEqualTo(CallGuard.State.HALF_OPEN);
    probe.failed(1, error());
    late.succeeded(1);
    assertThat(breaker.state()).isEqualTo(CallGuard.State.OPEN);
  }

  @Test
  void whenManyThreadsRaceForTheProbe_thenExactlyOneGetsIt() throws Exception {
    int threads = 8;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    CyclicBarrier together = new CyclicBarrier(threads);
    fail(5);
    try {
      Callable<List<Optional<CallGuard.Pass>>> racer = () -> {
        List<Optional<CallGuard.Pass>> got = new ArrayList<>();
        for (int round = 0; round < 500; round++) {
          if (together.await() == 0) {
            ticker.addAndGet(OPEN);
          }
          together.await();
          Optional<CallGuard.Pass> pass = breaker.enter();
          got.add(pass);
          together.await();
          pass.ifPresent(probe -> probe.failed(1, error()));
        }
        return got;
      };
      List<Future<List<Optional<CallGuard.Pass>>>> futures = new ArrayList<>();
      for (int k = 0; k < threads; k++) {
        futures.add(pool.submit(racer));
      }
      int[] winners = new int[500];
      for (Future<List<Optional<CallGuard.Pass>>> future : futures) {
        List<Optional<CallGuard.Pass>> got = future.get(1, TimeUnit.MINUTES);
        for (int round = 0; round < winners.length; round++) {
          winners[round] += got.get(round).isPresent() ? 1 : 0;
        }
      }
      assertThat(winners).containsOnly(1);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void whenASettingIsOutOfRange_thenItIsRefused() {
    Duration second = Duration.ofSeconds(1);
    List<Runnable> wrong = List.of(
        () -> new BreakerSettings(0, 1, 0.5, second, second, 0),
        () -> new BreakerSettings(10, 11, 0.5, second, second, 0),
        () -> new BreakerSettings(10, 5, 0, second, second, 0),
        () -> new BreakerSettings(10, 5, Double.NaN, second, second, 0),
        () -> new BreakerSettings(10, 5, 0.5, Duration.ZERO, second, 0),
        () -> new BreakerSettings(10, 5, 0.5, second, Duration.ofDays(400), 0),
        () -> new BreakerSettings(10, 5, 0.5, second, second, 1),
        () -> MemberSettings.builder().attempts(4).build(),
        () -> MemberSettings.builder().retryShare(2).build(),
        () -> MemberSettings.builder().concurrency(0).build(),
        () -> MemberSettings.builder().deadline(Duration.ofSeconds(-1)).build());
    assertThat(wrong)
        .allSatisfy(make -> assertThatThrownBy(make::run)
            .isInstanceOfSatisfying(
                QilinException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION)));
  }

  private static QilinException error() {
    return new QilinException(ErrorCode.DATA_FETCH, "500");
  }
}

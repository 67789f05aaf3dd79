package io.qilin.ops.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many threads, with a ticker that they move. */
@Timeout(60)
class ResilienceConcurrencyTest {
  private static final int THREADS = 8;
  private static final int CALLS = Integer.getInteger("qilin.resilience.calls", 400);

  private final Guard guard = new Guard();
  private final ExecutorService callers = Executors.newFixedThreadPool(THREADS + 1);

  @AfterEach
  void close() {
    callers.shutdownNow();
    guard.close();
  }

  private interface Body {
    void run(int thread) throws Exception;
  }

  private void together(Body body) throws Exception {
    CountDownLatch start = new CountDownLatch(THREADS);
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int thread = t;
      all.add(callers.submit(() -> {
        start.countDown();
        start.await();
        body.run(thread);
        return null;
      }));
    }
    for (Future<?> each : all) {
      each.get(50, TimeUnit.SECONDS);
    }
  }

  static Stream<ResiliencePolicy> policies() {
    return Stream.of(Guard.DIRECT, Guard.POOLED);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void whenThePolicyChangesUnderFire_thenNoCallIsLostAndAllPlacesComeBack(ResiliencePolicy policy)
      throws Exception {
    Resilience vendor = guard.of(policy);
    AtomicLong begun = new AtomicLong();
    AtomicLong answered = new AtomicLong();
    AtomicInteger changing = new AtomicInteger(1);
    Future<?> changes = callers.submit(() -> {
      for (int i = 0; changing.get() == 1; i++) {
        vendor.policy(policy.toBuilder()
            .attempts(1 + i % 3)
            .concurrent(20 + i % 2, Duration.ZERO)
            .breakerWindow(10_000, 10_000 - i % 2)
            .build());
      }
    });
    together(thread -> {
      for (int i = 0; i < CALLS; i++) {
        boolean fails = i % 10 == 0;
        Outcome<Long> outcome = vendor.callOnce(() -> {
          if (fails) {
            throw new QilinException(ErrorCode.DATA_FETCH, "planted");
          }
          return begun.incrementAndGet();
        });
        outcome.fold(a -> answered.incrementAndGet(), d -> 0L, f -> 0L);
      }
    });
    changing.set(0);
    changes.get(30, TimeUnit.SECONDS);
    assertThat(answered.get()).isEqualTo(begun.get()).isEqualTo(THREADS * (CALLS - CALLS / 10L));
    assertThat(vendor.state().failures()).isEqualTo(THREADS * (CALLS / 10L));
    assertThat(vendor.state().attempts()).isEqualTo((long) THREADS * CALLS);
    assertThat(vendor.state().freePlaces()).isEqualTo(vendor.policy().concurrent());
  }

  @Test
  void whenManyThreadsCall_thenNeverMoreRunAtOnceThanMay() throws Exception {
    Resilience vendor = guard.of(Guard.DIRECT.toBuilder()
        .breakerWindow(10_000, 10_000)
        .concurrent(3, Duration.ZERO)
        .build());
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicLong made = new AtomicLong();
    together(thread -> {
      for (int i = 0; i < CALLS; i++) {
        vendor.call(() -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          Thread.yield();
          running.decrementAndGet();
          return made.incrementAndGet();
        });
      }
    });
    assertThat(most.get()).isBetween(1, 3);
    assertThat(made.get() + vendor.state().refusals()).isEqualTo((long) THREADS * CALLS);
    assertThat(vendor.state().freePlaces()).contains(3);
  }

  @Test
  void whenTimePassesUnderFire_thenTheBreakerNeverLetsMoreThanItsProbesThrough() throws Exception {
    Resilience vendor = guard.of(Guard.DIRECT.toBuilder().attempts(1).build());
    Guard.open(vendor);
    AtomicInteger calls = new AtomicInteger();
    for (int round = 0; round < 20; round++) {
      guard.pass(Duration.ofMillis(10_001));
      calls.set(0);
      together(thread -> {
        for (int i = 0; i < 20; i++) {
          vendor.call(() -> {
            calls.incrementAndGet();
            throw new QilinException(ErrorCode.DATA_FETCH, "still down");
          });
        }
      });
      assertThat(calls.get()).isEqualTo(2);
      assertThat(vendor.state().breaker()).isEqualTo(BreakerState.OPEN);
    }
  }
}

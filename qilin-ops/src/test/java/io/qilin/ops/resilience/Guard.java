package io.qilin.ops.resilience;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What tests of guards need: a ticker that stands still but for pauses and {@link #pass}, near its end, a clock and threads. */
final class Guard implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-02T01:30:00Z");
  /** Attempts on the calling thread, no jitter of the open time, a retry for every call. */
  static final ResiliencePolicy DIRECT = ResiliencePolicy.builder()
      .onCallersThread()
      .retryShare(1)
      .breakerOpen(Duration.ofSeconds(10), 0)
      .build();
  /** The same on the executor, within 2 s an attempt and 10 s a call. */
  static final ResiliencePolicy POOLED = ResiliencePolicy.builder()
      .retryShare(1)
      .breakerOpen(Duration.ofSeconds(10), 0)
      .build();

  /** For calls that are to go well by the machine's own time, however busy it is. */
  static final ResiliencePolicy PATIENT = ResiliencePolicy.builder()
      .attemptTimeout(Duration.ofSeconds(25))
      .breakerSlow(Duration.ofSeconds(25), 1)
      .deadline(Duration.ofSeconds(50))
      .build();

  final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
  final SettableClock clock = SettableClock.at(START);
  final List<Duration> pauses = new CopyOnWriteArrayList<>();
  final ExecutorService pool = Executors.newCachedThreadPool();

  Resilience of(ResiliencePolicy policy) {
    return builder(policy).build();
  }

  Resilience.Builder builder(ResiliencePolicy policy) {
    return Resilience.builder("vendor", policy, pool, nanos::get, clock, 7).pause(this::pause);
  }

  void pause(Duration length) {
    pauses.add(length);
    pass(length);
  }

  void pass(Duration length) {
    nanos.addAndGet(length.toNanos());
  }

  static <T> Callable<T> failing(ErrorCode code) {
    return () -> {
      throw new QilinException(code, "the test says " + code);
    };
  }

  /** Fails so often, and then answers. */
  static Callable<String> failingFirst(int times, ErrorCode code) {
    AtomicLong calls = new AtomicLong();
    return () -> {
      if (calls.incrementAndGet() <= times) {
        throw new QilinException(code, "the test says " + code);
      }
      return "good";
    };
  }

  /** Lets the breaker of the default window open: ten failures. */
  static void open(Resilience resilience) {
    for (int i = 0; i < 10; i++) {
      resilience.callOnce(failing(ErrorCode.DATA_FETCH));
    }
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("not within 30 s");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("the test was interrupted", e);
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}

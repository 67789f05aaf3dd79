package io.qilin.mlops.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.model.ModelVersion;
import io.qilin.testkit.SettableClock;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads score while versions are exchanged. */
@Timeout(300)
class ServingSwapTest {
  private static final int THREADS = 8;
  private static final int ROWS = 16;

  private final FakeRegistry registry = new FakeRegistry();
  private final Queue<FakeModel> models = new ConcurrentLinkedQueue<>();

  private volatile int failing;

  private FakeModel model(ModelVersion version) {
    FakeModel model = new FakeModel(version);
    if (version.id().version() == failing) {
      model.failure = new ArithmeticException("planted");
    }
    models.add(model);
    return model;
  }

  private ServingPredictor.Builder builder() {
    return ServingPredictor.builder(
        registry,
        "m",
        this::model,
        SettableClock.at("2024-01-02T15:00:00+08:00"),
        System::nanoTime);
  }

  /** Scores until told to stop; gives how many calls were answered by one version, all of them if all is well. */
  private static Callable<Long> caller(
      ServingPredictor serving, CyclicBarrier start, AtomicBoolean stop) {
    return () -> {
      double[] rows = new double[2 * ROWS];
      for (int i = 0; i < ROWS; i++) {
        rows[2 * i] = i;
      }
      double[] scores = new double[ROWS];
      start.await();
      long calls = 0;
      int last = 0;
      while (!stop.get() || calls == 0) {
        int version = serving.score(rows, ROWS, scores).id().version();
        for (int i = 0; i < ROWS; i++) {
          assertThat(scores[i] == i + 1_000.0 * version).isTrue();
        }
        assertThat(version).as("no call goes back").isGreaterThanOrEqualTo(last);
        last = version;
        calls++;
      }
      return calls;
    };
  }

  private void race(ServingPredictor.Builder builder, int swaps) throws Exception {
    registry.promote(1);
    CyclicBarrier start = new CyclicBarrier(THREADS + 1);
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    long calls = 0;
    try (ServingPredictor serving = builder.open()) {
      List<Future<Long>> callers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        callers.add(threads.submit(caller(serving, start, stop)));
      }
      start.await();
      for (int version = 2; version <= swaps + 1; version++) {
        registry.promote(version);
        serving.refresh();
      }
      stop.set(true);
      for (Future<Long> caller : callers) {
        calls += caller.get();
      }
      LatencySummary latency = serving.latency();
      assertThat(latency.calls()).isEqualTo(calls);
      assertThat(latency.rows()).isEqualTo(calls * ROWS);
      assertThat(latency.failures()).isZero();
      assertThat(latency.standby()).isZero();
    } finally {
      stop.set(true);
      threads.shutdownNow();
    }
    assertThat(models).hasSize(swaps + 1).allSatisfy(model -> {
      assertThat(model.closed).hasValue(1);
      assertThat(model.misused).hasValue(0);
    });
  }

  @Test
  void whenAThousandVersionsAreExchanged_thenNoCallFailsAndEachIsOfOneVersion() throws Exception {
    race(builder(), 1_000);
  }

  @Test
  void whenOldVersionsAreClosedOnAnExecutor_thenNoneIsClosedInUse() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      race(builder().withoutStandby().refreshOn(executor), 200);
    } finally {
      executor.shutdownNow();
    }
  }

  /** Every second version fails in each call, so that calls fall back while versions are exchanged. */
  @Test
  void whenVersionsFailWhileTheyAreExchanged_thenEveryCallIsAnsweredByTheOneBefore()
      throws Exception {
    registry.promote(1);
    CyclicBarrier start = new CyclicBarrier(THREADS + 1);
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Long>> callers = new ArrayList<>();
    try (ServingPredictor serving =
        builder().retry(Duration.ofNanos(1), Duration.ofNanos(1)).open()) {
      for (int i = 0; i < THREADS; i++) {
        callers.add(threads.submit(() -> {
          start.await();
          double[] rows = {7, 0};
          double[] scores = new double[1];
          long calls = 0;
          while (!stop.get() || calls == 0) {
            int version = serving.score(rows, 1, scores).id().version();
            assertThat(scores[0] == 7 + 1_000.0 * version).isTrue();
            calls++;
          }
          return calls;
        }));
      }
      start.await();
      for (int version = 2; version <= 200; version++) {
        registry.promote(version);
        failing = version % 2 == 0 ? version : 0;
        serving.refresh();
        failing = 0;
      }
      stop.set(true);
      long calls = 0;
      for (Future<Long> caller : callers) {
        calls += caller.get();
      }
      assertThat(serving.latency().calls()).isEqualTo(calls);
      assertThat(serving.latency().failures()).isZero();
    } finally {
      stop.set(true);
      threads.shutdownNow();
    }
    assertThat(models).hasSize(200).allSatisfy(model -> {
      assertThat(model.closed).hasValue(1);
      assertThat(model.misused).hasValue(0);
    });
  }

  @Test
  void whenCallsAreWarm_thenTheyMakeNoGarbage() {
    registry.promote(1);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    double[] rows = new double[2 * ROWS];
    double[] scores = new double[ROWS];
    try (ServingPredictor serving = builder().open()) {
      int calls = 20_000;
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 5; round++) {
        long before = threads.getThreadAllocatedBytes(self);
        for (int i = 0; i < calls; i++) {
          serving.score(rows, ROWS, scores);
        }
        least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
      }

      assertThat(least).as("bytes in %d calls", calls).isLessThan(calls / 10);
    }
  }
}

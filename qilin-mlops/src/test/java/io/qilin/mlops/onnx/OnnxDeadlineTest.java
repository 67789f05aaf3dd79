package io.qilin.mlops.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature.Missing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that are late, that wait, and that meet the closing of their model. */
@Timeout(300)
class OnnxDeadlineTest {
  private static final int MOST_CALLS = 1_000;

  /** Many products by the same matrix: a small file, much work. */
  private static byte[] sharedNetwork(int width, int layers) {
    float[] weights = new float[width * width];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (i * 31 % 17 - 8) / 100f;
    }
    ModelText model = ModelText.of(width, width).floats("w", weights, width, width);
    String from = "x";
    for (int i = 0; i < layers; i++) {
      model.node("MatMul", List.of(from, "w"), List.of("m" + i));
      model.node("Tanh", List.of("m" + i), List.of("t" + i));
      from = "t" + i;
    }
    return model.node("Identity", List.of(from), List.of("y")).build();
  }

  /** The clock stands still for the caller and is far beyond the deadline for the watch, which looks while native code runs. */
  @Test
  void whenTheClockPassesTheDeadline_thenTheNativeCallIsStopped() {
    ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    Thread caller = Thread.currentThread();
    AtomicBoolean armed = new AtomicBoolean();
    OnnxOptions options = OnnxOptions.builder(() -> armed.get() && Thread.currentThread() != caller
            ? Duration.ofHours(1).toNanos()
            : 0)
        .limits(OnnxLimits.builder().maxFlopsPerRow(1L << 40).build())
        .deadline(Duration.ofMillis(20))
        .concurrency(1)
        .watch(watch)
        .build();
    double[] rows = Samples.reals(384, 1);
    try (OnnxModel model = OnnxModel.open(
        sharedNetwork(384, 8_000), Samples.signature(384, Missing.NO_SCORE), options)) {
      armed.set(true);
      assertThatThrownBy(() -> {
            // A call may end before the thread of the watch has had its turn: then the next one is
            // looked at.
            for (int call = 0; call < MOST_CALLS; call++) {
              model.predict(rows, 1, new double[1]);
            }
          })
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT))
          .hasMessageContaining("it was stopped");
      armed.set(false);
      model.predict(rows, 1, new double[1]);
    } finally {
      watch.shutdownNow();
    }
  }

  @Test
  void whenTimeIsOverBetweenChunks_thenTheCallEnds() {
    AtomicLong time = new AtomicLong();
    OnnxOptions options = OnnxOptions.builder(() -> time.getAndAdd(1_000_000))
        .deadline(Duration.ofMillis(5))
        .build();
    byte[] trees = OnnxWriter.trees(Samples.trees(3, 2, 2, 1).build());
    try (OnnxModel model = OnnxModel.open(trees, Samples.signature(3, Missing.NO_SCORE), options)) {
      model.predict(new double[64 * 3], 64, new double[64]);
      assertThatThrownBy(() -> model.predict(new double[640 * 3], 640, new double[640]))
          .hasMessageContaining("within PT0.005S");
    }
  }

  @Test
  void whenAllSlotsAreTaken_thenCallersWaitUntilTheirDeadline() {
    AtomicLong time = new AtomicLong();
    OnnxOptions options = OnnxOptions.builder(() -> time.getAndAdd(1_000_000))
        .deadline(Duration.ofMillis(5))
        .concurrency(1)
        .build();
    byte[] model = OnnxWriter.linear(new double[] {1}, 0);
    OnnxSummary summary = OnnxCheck.check(model, options.limits());
    Slots slots = Slots.open(model, summary, 1, 4, options);
    Slot taken = slots.take();
    assertThatThrownBy(slots::take)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
    Thread.currentThread().interrupt();
    assertThatThrownBy(slots::take)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(Thread.interrupted()).isTrue();
    slots.give(taken);
    slots.give(slots.take());
    slots.close();
  }

  @Test
  void whenThreadsShareAModel_thenEachGetsTheScoresOfItsRows() throws Exception {
    byte[] model = Samples.network(16, 24, 1);
    int threads = 4;
    int calls = 300;
    try (OnnxModel opened = Samples.open(model, 16)) {
      CyclicBarrier start = new CyclicBarrier(threads);
      int right = all(threads, thread -> {
        double[] rows = Samples.reals(16 * 70, thread);
        double[] expected = new double[70];
        opened.predict(rows, 70, expected);
        start.await();
        int same = 0;
        for (int i = 0; i < calls; i++) {
          double[] scores = new double[70];
          opened.predict(rows, 70, scores);
          same += Arrays.equals(scores, expected) ? 1 : 0;
        }
        return same;
      });
      assertThat(right).isEqualTo(threads * calls);
    }
  }

  @Test
  void whenAModelIsClosedWhileCallsRun_thenTheyEndWithScoresOrTheError() throws Exception {
    for (int round = 0; round < 8; round++) {
      OnnxModel opened = Samples.open(OnnxWriter.linear(new double[] {1, 2}, 3), 2);
      CountDownLatch running = new CountDownLatch(3);
      int refused = all(4, thread -> {
        if (thread == 0) {
          running.await();
          opened.close();
          return 0;
        }
        double[] scores = new double[1];
        opened.predict(new double[] {1, 1}, 1, scores);
        running.countDown();
        try {
          while (true) {
            opened.predict(new double[] {1, 1}, 1, scores);
            assertThat(scores[0]).isEqualTo(6);
          }
        } catch (QilinException e) {
          assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
          return 1;
        }
      });
      assertThat(refused).isEqualTo(3);
    }
  }

  @Test
  void whenTheSchedulerIsShutDown_thenTheModelIsNotOpened() {
    ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    watch.shutdownNow();
    OnnxOptions options = OnnxOptions.builder(System::nanoTime).watch(watch).build();
    byte[] model = OnnxWriter.linear(new double[] {1}, 0);
    assertThatThrownBy(() -> OnnxModel.open(model, Samples.signature(1, Missing.NO_SCORE), options))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  private interface Work {
    int of(int thread) throws Exception;
  }

  private static int all(int threads, Work work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        calls.add(() -> work.of(thread));
      }
      int sum = 0;
      for (Future<Integer> done : pool.invokeAll(calls)) {
        sum += done.get();
      }
      return sum;
    } finally {
      pool.shutdownNow();
    }
  }
}

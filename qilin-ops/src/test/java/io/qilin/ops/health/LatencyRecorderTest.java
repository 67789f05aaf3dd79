package io.qilin.ops.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LatencyRecorderTest {
  private final LatencyRecorder recorder = new LatencyRecorder();

  @Property(tries = 300)
  void whenQuantilesAreRead_thenTheyAreNearTheTrueOnes(
      @ForAll @Size(min = 1, max = 300) long[] any) {
    LatencyHistogram histogram = new LatencyHistogram();
    long[] values =
        Arrays.stream(any).map(v -> v == Long.MIN_VALUE ? 0 : Math.abs(v)).toArray();
    Arrays.stream(values).forEach(histogram::record);
    Arrays.sort(values);
    Latency read = histogram.read();
    assertThat(read.count()).isEqualTo(values.length);
    assertThat(read.longest()).isEqualTo(values[values.length - 1]);
    near(read.p50(), values, 0.5);
    near(read.p90(), values, 0.9);
    near(read.p99(), values, 0.99);
    near(read.p999(), values, 0.999);
  }

  @Property(tries = 300)
  void whenShortTimesAreRecorded_thenQuantilesAreExact(
      @ForAll @Size(min = 1, max = 100) long[] any) {
    LatencyHistogram histogram = new LatencyHistogram();
    long[] values = Arrays.stream(any).map(v -> Math.floorMod(v, 64)).toArray();
    Arrays.stream(values).forEach(histogram::record);
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    assertThat(histogram.read().p50()).isEqualTo(sorted[(int) Math.ceil(0.5 * sorted.length) - 1]);
  }

  private static void near(long read, long[] sorted, double share) {
    long exact = sorted[(int) Math.ceil(share * sorted.length) - 1];
    assertThat((double) read).isEqualTo(exact, Offset.offset(exact / 64.0 + 1));
  }

  @Test
  void whenNothingOrOddTimesAreRecorded_thenItIsTold() {
    assertThat(new LatencyHistogram().read()).isEqualTo(new Latency(0, 0, 0, 0, 0, 0));
    recorder.record("a", Duration.ofNanos(-5));
    recorder.recordNanos("a", Long.MAX_VALUE);
    assertThat(recorder.latencies().get("a").count()).isEqualTo(2);
    assertThat(recorder.latencies().get("a").p50()).isZero();
    assertThatThrownBy(() -> recorder.recordNanos("", 1)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> recorder.recordNanos("x".repeat(65), 1))
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenThereAreManyNames_thenTheRestIsCountedTogether() {
    IntStream.range(0, 1_000).forEach(i -> recorder.recordNanos("name-" + i, 1));
    assertThat(recorder.latencies()).hasSizeLessThanOrEqualTo(101);
    assertThat(recorder.latencies().values().stream().mapToLong(Latency::count).sum())
        .isEqualTo(1_000);
    assertThat(recorder.latencies().get(LatencyRecorder.OTHER).count()).isPositive();
  }

  @Test
  void whenSeveralThreadsRecord_thenNothingIsLost() throws InterruptedException {
    CountDownLatch start = new CountDownLatch(1);
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      int own = i;
      threads[i] = new Thread(() -> {
        try {
          start.await();
        } catch (InterruptedException e) {
          return;
        }
        for (int j = 0; j < 10_000; j++) {
          recorder.recordNanos("n" + j % 3, 1_000L * own + j);
        }
      });
      threads[i].start();
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join(30_000);
    }
    assertThat(recorder.latencies().values().stream().mapToLong(Latency::count).sum())
        .isEqualTo(40_000);
  }

  @Test
  void whenATimeIsEndless_thenItCountsAsTheLongest() {
    LatencyRecorder recorder = new LatencyRecorder();
    recorder.record("a", Duration.ofSeconds(Long.MAX_VALUE));
    recorder.record("a", Duration.ofSeconds(Long.MIN_VALUE));
    assertThat(recorder.latencies().get("a").count()).isEqualTo(2);
    assertThat(recorder.latencies().get("a").longest()).isEqualTo(Long.MAX_VALUE);
  }
}

package io.qilin.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.health.HealthStatus;
import io.qilin.testkit.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MetricsBufferTest {
  private final List<List<MeasuredPoint>> batches = new CopyOnWriteArrayList<>();
  private final AtomicLong nanos = new AtomicLong();

  private static MeasuredPoint point(double value) {
    return MeasuredPoint.of("m", Map.of("k", "v"), value, Instant.EPOCH);
  }

  private MetricsBuffer.Builder buffer(MetricsSink sink) {
    return MetricsBuffer.builder(sink, nanos::get).every(Duration.ofHours(1));
  }

  private static void until(BooleanSupplier condition) {
    Await.until("what the thread of the buffer does", condition);
  }

  /** Its thread has looked once and found nothing, so that it takes what comes by whole batches. */
  private static MetricsBuffer idle(MetricsBuffer buffer) {
    until(() -> "1".equals(buffer.health().facts().get("steps")));
    return buffer;
  }

  private static void offer(MetricsBuffer buffer, int count) {
    for (int i = 0; i < count; i++) {
      buffer.offer(point(i));
    }
  }

  @Test
  void whenABatchIsFull_thenItGoesOutAndTheRestAtTheEnd() {
    try (MetricsBuffer buffer = idle(buffer(batches::add).batchSize(10).start())) {
      offer(buffer, 25);
      until(() -> buffer.status().written() >= 20);
      assertThat(buffer.health().status()).isEqualTo(HealthStatus.HEALTHY);
      buffer.flush();
      until(() -> buffer.status().written() == 25);
    }
    assertThat(batches.stream().flatMap(List::stream))
        .extracting(each -> each.fields().get("value"))
        .containsExactlyElementsOf(java.util.stream.IntStream.range(0, 25)
            .mapToObj(i -> FieldValue.of((double) i))
            .toList());
    assertThat(batches).allMatch(batch -> batch.size() <= 10);
  }

  @Test
  void whenClosed_thenWhatWaitsIsWrittenAndNothingIsTaken() {
    MetricsBuffer buffer = buffer(batches::add).start();
    offer(buffer, 3);
    buffer.close();
    assertThat(buffer.offer(point(1))).isFalse();
    assertThat(buffer.status()).isEqualTo(new BufferStatus(4, 3, 0, 1, 0, 0, 0));
  }

  @Test
  void whenAFieldIsNotFinite_thenItIsLeftOutAndAnEmptyPointIsRefused() {
    try (MetricsBuffer buffer = buffer(batches::add).start()) {
      assertThat(buffer.offer(point(Double.NaN))).isFalse();
      assertThat(buffer.offer(new MeasuredPoint(
              "m",
              Map.of(),
              Map.of("a", FieldValue.of(Double.NEGATIVE_INFINITY), "b", FieldValue.of(1L)),
              Instant.EPOCH)))
          .isTrue();
    }
    assertThat(batches.get(0).get(0).fields()).containsOnlyKeys("b");
  }

  @Test
  void whenTheStoreIsAwayForAWhile_thenTheBatchIsTriedAgain() {
    AtomicInteger calls = new AtomicInteger();
    try (MetricsBuffer buffer = idle(buffer(batch -> {
          if (calls.incrementAndGet() <= 2) {
            throw new QilinException(ErrorCode.NETWORK, "away");
          }
          batches.add(batch);
        })
        .batchSize(2)
        .start())) {
      offer(buffer, 2);
      until(() -> buffer.status().failures() >= 1);
      until(() -> buffer.status().written() == 2);
      until(() -> buffer.health().status() == HealthStatus.HEALTHY);
      assertThat(buffer.status()).isEqualTo(new BufferStatus(2, 2, 0, 0, 0, 0, 2));
    }
  }

  @Test
  void whenTheStoreStaysAway_thenTheLossIsBoundedAndCounted() {
    MetricsBuffer buffer = buffer(batch -> {
          throw new QilinException(ErrorCode.NETWORK, "away");
        })
        .batchSize(2)
        .attempts(1)
        .capacity(5)
        .start();
    offer(buffer, 100);
    until(() -> buffer.health().status() == HealthStatus.DEGRADED);
    buffer.close();
    BufferStatus end = buffer.status();
    assertThat(end.offered()).isEqualTo(100);
    assertThat(end.overflowed() + end.lost()).isEqualTo(100);
    assertThat(end.waiting()).isZero();
  }

  /** Points that come meanwhile must not make the thread knock faster. */
  @Test
  void whenPointsComeDuringAnOutage_thenThePausesStay() {
    try (MetricsBuffer buffer = buffer(batch -> {
          throw new QilinException(ErrorCode.NETWORK, "away");
        })
        .batchSize(5)
        .capacity(10)
        .attempts(100)
        .closeWithin(Duration.ofMillis(1))
        .start()) {
      offer(buffer, 5);
      until(() -> buffer.status().failures() >= 2);
      offer(buffer, 100_000);
      assertThat(buffer.status().failures()).isLessThan(20);
      assertThat(buffer.status().waiting()).isEqualTo(10);
    }
  }

  @Test
  void whenTheStoreRefuses_thenTheBatchIsLostAndTheNextIsWritten() {
    AtomicInteger calls = new AtomicInteger();
    try (MetricsBuffer buffer = buffer(batch -> {
          if (calls.incrementAndGet() == 1) {
            throw new QilinException(ErrorCode.INPUT_REJECTED, "a field of another type");
          }
          batches.add(batch);
        })
        .batchSize(1)
        .start()) {
      offer(buffer, 1);
      until(() -> buffer.status().lost() == 1);
      offer(buffer, 1);
      until(() -> buffer.status().written() == 1);
    }
  }

  @Test
  void whenTheStoreHangs_thenNobodyIsHeldUpAndHealthSaysSo() throws InterruptedException {
    CountDownLatch in = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    MetricsBuffer buffer = buffer(batch -> {
          in.countDown();
          end.await();
        })
        .batchSize(1)
        .capacity(10)
        .closeWithin(Duration.ofMillis(1))
        .start();
    offer(buffer, 1);
    assertThat(in.await(30, TimeUnit.SECONDS)).isTrue();
    offer(buffer, 1_000);
    assertThat(buffer.status().overflowed()).isEqualTo(991);
    nanos.addAndGet(Duration.ofSeconds(31).toNanos());
    assertThat(buffer.health().status()).isEqualTo(HealthStatus.UNHEALTHY);
    buffer.close();
    assertThat(buffer.status().lost()).isEqualTo(10);
    end.countDown();
  }

  @Test
  void whenSettingsAreOutOfRange_thenTheyAreRefused() {
    assertThatThrownBy(() -> buffer(batches::add).capacity(0))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("capacity");
    assertThatThrownBy(() -> buffer(batches::add).every(Duration.ofDays(2)))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("every");
  }
}

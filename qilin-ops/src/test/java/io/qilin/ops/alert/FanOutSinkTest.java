package io.qilin.ops.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.alert.Alert;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Severity;
import io.qilin.api.error.QilinException;
import io.qilin.ops.health.HealthStatus;
import io.qilin.testkit.Await;
import io.qilin.testkit.RecordingAlertSink;
import io.qilin.testkit.SettableClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FanOutSinkTest {
  private static final int FLOOD = Integer.getInteger("qilin.alerts", 20_000);

  private final SettableClock clock = SettableClock.at("2026-01-05T09:30:00+08:00");
  private final AtomicLong nanos = new AtomicLong();
  private final RecordingAlertSink good = new RecordingAlertSink();
  private final CountDownLatch end = new CountDownLatch(1);

  private FanOutSink.Builder fanOut() {
    return FanOutSink.builder(clock, nanos::get);
  }

  private static Alert alert(int number, Severity severity) {
    return new Alert(
        Instant.EPOCH, ErrorCode.DATA_FETCH, "s" + number, "m" + number, severity, Map.of());
  }

  private static void balanced(LaneStatus lane) {
    assertThat(lane.delivered() + lane.failed() + lane.dropped() + lane.heldBack() + lane.waiting())
        .isEqualTo(lane.offered());
  }

  @Test
  void whenAlertsCome_thenEachSinkGetsThemInOrder() {
    RecordingAlertSink other = new RecordingAlertSink();
    try (FanOutSink all = fanOut()
        .sink("one", good)
        .sink("two", other)
        .closeWithin(Duration.ofSeconds(30))
        .start()) {
      for (int i = 0; i < 50; i++) {
        all.alert(alert(i, Severity.ERROR));
      }
    }
    assertThat(good.alerts()).extracting(Alert::source).startsWith("s0", "s1").hasSize(50);
    assertThat(other.alerts()).isEqualTo(good.alerts());
  }

  @Test
  void whenASinkHangs_thenNobodyIsHeldUpTheLossIsCountedAndHealthNamesIt()
      throws InterruptedException {
    CountDownLatch in = new CountDownLatch(1);
    Semaphore arrived = new Semaphore(0);
    FanOutSink all = fanOut()
        .sink("hanging", alert -> {
          in.countDown();
          awaitEnd();
        })
        .sink("good", alert -> arrived.release())
        .capacity(100)
        .mostAMinute(1_000_000)
        .closeWithin(Duration.ofMillis(1))
        .start();
    all.alert(alert(0, Severity.ERROR));
    assertThat(in.await(30, TimeUnit.SECONDS)).isTrue();
    for (int i = 1; i < 1_000; i++) {
      all.alert(alert(i, Severity.WARNING));
      assertThat(arrived.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }
    LaneStatus hanging = all.status().get(0);
    assertThat(hanging.waiting()).isEqualTo(1 + 75);
    assertThat(hanging.dropped()).isEqualTo(999 - 75);
    all.alert(alert(1_000, Severity.CRITICAL));
    assertThat(all.status().get(0).waiting()).as("the last quarter is for them").isEqualTo(77);
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    assertThat(all.health().status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(all.health().reason()).contains("qilin-alert-hanging");
    // The end waits for nobody here.
    Await.until("the good one has them all", () -> all.status().get(1).delivered() == 1_001);
    all.close();
    balanced(all.status().get(0));
    assertThat(all.status().get(1).delivered()).isEqualTo(1_001);
    all.alert(alert(0, Severity.CRITICAL));
    assertThat(all.status().get(1).dropped()).isEqualTo(1);
    end.countDown();
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whenASinkFails_thenTheOthersGoOnAndItIsTriedWithTheNext() {
    AtomicInteger calls = new AtomicInteger();
    RecordingAlertSink mended = new RecordingAlertSink();
    try (FanOutSink all = fanOut()
        .sink("failing", alert -> {
          if (calls.incrementAndGet() == 1) {
            throw new StackOverflowError();
          }
          mended.alert(alert);
        })
        .sink("good", good)
        .start()) {
      all.alert(alert(1, Severity.ERROR));
      Await.until("the failure is told", () -> all.health().status() == HealthStatus.DEGRADED);
      assertThat(all.health().facts()).containsEntry("failing-failed", "1");
      all.alert(alert(2, Severity.ERROR));
      Await.until("all is well", () -> all.health().status() == HealthStatus.HEALTHY);
    }
    assertThat(mended.alerts()).hasSize(1);
    assertThat(good.alerts()).hasSize(2);
  }

  @Test
  void whenThereIsAFlood_thenSoManyPassAndOneSummaryTellsTheRest() {
    FanOutSink all = fanOut()
        .sink("good", good)
        .mostAMinute(10)
        .capacity(1_000)
        .closeWithin(Duration.ofSeconds(30))
        .start();
    for (int i = 0; i < FLOOD; i++) {
      all.alert(alert(i, i % 100 == 0 ? Severity.CRITICAL : Severity.WARNING));
    }
    Await.until("nothing waits", () -> all.status().get(0).waiting() == 0);
    LaneStatus lane = all.status().get(0);
    balanced(lane);
    assertThat(lane.offered()).isEqualTo(FLOOD);
    assertThat(lane.delivered()).isEqualTo(10);
    assertThat(good.alerts()).hasSize(10);
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    all.wake();
    Await.until("the summary", () -> good.alerts().size() == 11);
    Alert summary = good.alerts().get(10);
    assertThat(summary.source()).isEqualTo("alert-flood");
    assertThat(summary.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(summary.figures().get("held-back")).isEqualTo(BigDecimal.valueOf(lane.heldBack()));
    assertThat(summary.message()).contains("sources such as s1");
    for (int i = 0; i < 12; i++) {
      all.alert(alert(i, Severity.ERROR));
    }
    all.close();
    assertThat(good.alerts())
        .as("the summary is the first of its minute, and the end does not wait for the next")
        .hasSize(11 + 9 + 1);
    assertThat(good.alerts().get(20).figures()).containsEntry("held-back", BigDecimal.valueOf(3));
    assertThat(all.status().get(0).summaries()).isEqualTo(2);
  }

  @Test
  void whenManyThreadsAlert_thenNothingIsUncounted() throws InterruptedException {
    FanOutSink all = fanOut().sink("good", alert -> {}).capacity(50).start();
    Thread[] threads = new Thread[4];
    for (int t = 0; t < threads.length; t++) {
      threads[t] = new Thread(() -> {
        for (int i = 0; i < 5_000; i++) {
          all.alert(alert(i, Severity.ERROR));
        }
      });
      threads[t].start();
    }
    for (Thread thread : threads) {
      thread.join(30_000);
    }
    all.close();
    balanced(all.status().get(0));
    assertThat(all.status().get(0).offered()).isEqualTo(20_000);
    assertThat(all.status().get(0).waiting()).isZero();
  }

  @Test
  void whenASinkIsNamedBadly_thenItIsRefused() {
    assertThatThrownBy(() -> fanOut().sink("Log Sink", good)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> fanOut().sink("log", good).sink("log", good))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> fanOut().capacity(0)).hasMessageContaining("capacity");
  }
}

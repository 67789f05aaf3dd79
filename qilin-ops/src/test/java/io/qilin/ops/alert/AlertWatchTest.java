package io.qilin.ops.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qilin.api.alert.Alert;
import io.qilin.api.error.QilinException;
import io.qilin.api.money.Money;
import io.qilin.ops.alert.AlertRule.Direction;
import io.qilin.ops.health.HealthStatus;
import io.qilin.ops.metrics.BusinessFigures;
import io.qilin.ops.metrics.BusinessMetrics;
import io.qilin.ops.metrics.QilinMetrics;
import io.qilin.testkit.Await;
import io.qilin.testkit.RecordingAlertSink;
import io.qilin.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AlertWatchTest {
  private final SettableClock clock = SettableClock.at("2026-01-05T09:30:00+08:00");
  private final AtomicLong nanos = new AtomicLong();
  private final RecordingAlertSink sink = new RecordingAlertSink();
  private final AlertEngine engine =
      AlertEngine.of(List.of(AlertRule.builder("slow", "latency", Direction.ABOVE, 1_000)
          .noDataAfter(Duration.ofMinutes(2))
          .build()));

  private AlertWatch.Builder watch(Supplier<Map<String, Reading>> readings) {
    return AlertWatch.builder(engine, readings, sink, clock, nanos::get);
  }

  private static void until(BooleanSupplier condition) {
    Await.until("what the watch does", condition);
  }

  @Test
  void whenReadingsGrowOld_thenTheyCountAsMissingAndThatIsTold() {
    AlertWatch watch = watch(() -> Map.of("latency", Reading.of(2_000))).build();
    watch.read();
    watch.judge();
    assertThat(sink.alerts()).hasSize(1);
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    watch.judge();
    assertThat(engine.state("slow")).contains(AlertState.NO_DATA);
    nanos.addAndGet(Duration.ofMinutes(2).toNanos());
    watch.judge();
    assertThat(sink.alerts()).hasSize(2);
    assertThat(sink.alerts().get(1).message()).contains("NO_DATA 'latency'");
    watch.read();
    watch.judge();
    assertThat(sink.alerts())
        .extracting(alert -> alert.message().split(" ", 2)[0])
        .containsExactly("FIRING", "NO_DATA", "DATA_BACK");
  }

  @Test
  void whenTheSupplierHangs_thenTheOtherThreadTellsThatDataIsMissing() throws InterruptedException {
    CountDownLatch in = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    try (AlertWatch watch = watch(() -> {
          in.countDown();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Map.of();
        })
        .every(Duration.ofMillis(1))
        .start()) {
      assertThat(in.await(30, TimeUnit.SECONDS)).isTrue();
      until(() -> engine.state("slow").orElseThrow() == AlertState.NO_DATA);
      nanos.addAndGet(Duration.ofMinutes(3).toNanos());
      until(() -> sink.alerts().size() == 1);
      assertThat(sink.alerts().get(0).message()).contains("NO_DATA");
      // The other thread, too, seems to stand still while a step of it ends that began before the
      // clock was moved.
      until(() -> watch.health().reason().contains("qilin-alert-reader"));
      assertThat(watch.health().status()).isEqualTo(HealthStatus.UNHEALTHY);
      assertThat(watch.health().facts()).containsEntry("rules-without-data", "1");
      end.countDown();
    }
  }

  @Test
  void whenTheSupplierOrTheSinkThrows_thenItIsToldAndTheWatchGoesOn() {
    AtomicReference<Map<String, Reading>> readings = new AtomicReference<>();
    try (AlertWatch watch = AlertWatch.builder(
            engine,
            readings::get,
            alert -> {
              sink.alert(alert);
              throw QilinException.invalid("the sink is broken");
            },
            clock,
            nanos::get)
        .every(Duration.ofMillis(1))
        .start()) {
      until(() -> watch.health().status() == HealthStatus.DEGRADED);
      readings.set(Map.of("latency", Reading.of(2_000)));
      until(() -> sink.alerts().size() == 1);
      until(() -> "1".equals(watch.health().facts().get("sink-failures")));
      until(() -> watch.health().status() == HealthStatus.HEALTHY);
    }
  }

  @Test
  void whenBusinessFiguresAreBad_thenTheSeedsRulesFireFromTheRegistry() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    AlertEngine seeds = AlertEngine.of(AlertRule.DEFAULTS);
    try (BusinessMetrics business = BusinessMetrics.builder(
                QilinMetrics.on(registry),
                () -> BusinessFigures.UNKNOWN
                    .withAccuracy(0.5, 100)
                    .withProfit(Money.parse("-20000.00"))
                    .withLatency(Duration.ofSeconds(2)),
                nanos::get)
            .start();
        AlertWatch watch = AlertWatch.builder(
                seeds, MeterReadings.business(registry), sink, clock, nanos::get)
            .every(Duration.ofMillis(1))
            .start()) {
      until(() -> sink.alerts().size() == 3);
      assertThat(sink.alerts())
          .extracting(Alert::source)
          .containsExactlyInAnyOrder(
              "rule:prediction_accuracy", "rule:system_latency", "rule:trading_profit");
      assertThat(business.health().status()).isNotEqualTo(HealthStatus.UNHEALTHY);
      assertThat(watch.health().facts()).containsKey("told");
    }
  }

  @Test
  void whenAMeterIsReadInDoubt_thenThereIsNoReading() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    registry.timer("t", "k", "a").record(Duration.ofMillis(70));
    registry.timer("t", "k", "b").record(Duration.ofMillis(80));
    registry.gauge("g", 5);
    MeterReadings readings = MeterReadings.builder(registry)
        .timerMax("both", "t")
        .timerMax("one", "t", "k", "b")
        .gauge("gone", "nothing")
        .gauge("gauge", "g")
        .sampledGauge("sampled", "g", "nothing")
        .build();
    assertThat(readings.get())
        .containsOnlyKeys("one", "gauge", "sampled")
        .containsEntry("one", new Reading(80, 1))
        .containsEntry("sampled", new Reading(5, 0));
  }

  @Test
  void whenReadingsWouldBeTooOldAtOnce_thenTheSettingsAreRefused() {
    assertThatThrownBy(() -> watch(Map::of).every(Duration.ofMinutes(1)).start())
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("staleAfter");
  }
}

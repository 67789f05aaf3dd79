package io.qilin.ops.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qilin.api.alert.Alert;
import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.alert.AlertRule.Direction;
import io.qilin.testkit.Await;
import io.qilin.testkit.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AlertMishapsTest {
  private final SettableClock clock = SettableClock.at("2026-01-05T09:30:00+08:00");
  private final AtomicLong nanos = new AtomicLong();

  private static AlertRule rule(String name) {
    return AlertRule.builder(name, name, Direction.ABOVE, 1).build();
  }

  private static Alert alert(String message) {
    return new Alert(Instant.EPOCH, ErrorCode.DATA_FETCH, "vendor", message);
  }

  @Test
  void whenASinkFailsWithAnError_thenTheOtherAlertsAreStillTold() {
    List<String> told = new ArrayList<>();
    AlertSink sink = alert -> {
      if (alert.source().equals("rule:first")) {
        throw new NoClassDefFoundError("a jar was replaced");
      }
      told.add(alert.source());
    };
    AlertWatch watch = AlertWatch.builder(
            AlertEngine.of(List.of(rule("first"), rule("second"))),
            () -> Map.of("first", Reading.of(2), "second", Reading.of(2)),
            sink,
            clock,
            nanos::get)
        .build();
    watch.read();
    watch.judge();
    assertThat(told).containsExactly("rule:second");
  }

  @Test
  void whenAnEventHasAValueThatIsNoNumber_thenItIsRefused() {
    assertThatThrownBy(() -> new AlertEvent(
            AlertEvent.Kind.FIRING, rule("slow"), Instant.EPOCH, OptionalDouble.of(Double.NaN), 1))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void whenTheTagsOfAReadingAreNoPairs_thenItIsRefusedWhereItIsNamed() {
    MeterReadings.Builder readings = MeterReadings.builder(new SimpleMeterRegistry());
    assertThatThrownBy(() -> readings.gauge("quality", "qilin.data.quality.score", "source"))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("quality");
    assertThatThrownBy(() -> readings.timerMax("slow", "qilin.request.duration", "a", "b", "c"))
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenAMetricIsNamedTwice_thenTheSecondIsRefused() {
    MeterReadings.Builder readings =
        MeterReadings.builder(new SimpleMeterRegistry()).gauge("quality", "one");
    assertThatThrownBy(() -> readings.gauge("quality", "two"))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("'quality'");
  }

  /** A webhook that was interrupted says so by the flag of its thread, and throws nothing. */
  @Test
  void whenAStrayInterruptMeetsOneAlert_thenThoseBehindItAreNotInterruptedToo() {
    CountDownLatch queued = new CountDownLatch(1);
    List<Boolean> interrupted = new CopyOnWriteArrayList<>();
    AlertSink sink = alert -> {
      interrupted.add(Thread.currentThread().isInterrupted());
      if (interrupted.size() == 1) {
        try {
          queued.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        Thread.currentThread().interrupt();
      }
    };
    try (FanOutSink all =
        FanOutSink.builder(clock, nanos::get).sink("hook", sink).start()) {
      for (int i = 0; i < 4; i++) {
        all.alert(alert("m" + i));
      }
      queued.countDown();
      Await.until("all four came", () -> interrupted.size() == 4);
    }
    assertThat(interrupted).containsExactly(false, false, false, false);
  }

  @Test
  void whenTheNextSinkFails_thenTheSameAlertIsNotKeptBackForIt() {
    List<Alert> told = new ArrayList<>();
    AlertSink failing = alert -> {
      told.add(alert);
      if (told.size() == 1) {
        throw new QilinException(ErrorCode.NETWORK, "away");
      }
    };
    QuietSink quiet = QuietSink.builder(failing, nanos::get).build();
    assertThatThrownBy(() -> quiet.alert(alert("away"))).isInstanceOf(QilinException.class);
    quiet.alert(alert("away"));
    quiet.alert(alert("away"));
    assertThat(told).hasSize(2);
    assertThat(quiet.repeated()).isEqualTo(1);
  }
}

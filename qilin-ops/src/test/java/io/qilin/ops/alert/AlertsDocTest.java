package io.qilin.ops.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.ErrorCode.Severity;
import io.qilin.ops.DocPage;
import io.qilin.ops.alert.AlertRule.Direction;
import io.qilin.testkit.Await;
import io.qilin.testkit.RecordingAlertSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of docs/ops-alerts.md. */
class AlertsDocTest {
  private final RecordingAlertSink people = new RecordingAlertSink();
  /** Held here, as a registry holds what a gauge shows only weakly. */
  private final Double quality = 0.4;

  private void untilTheHostStops(AlertWatch watch) {
    Await.until("people were told", () -> !people.alerts().isEmpty());
    assertThat(watch.health().facts()).containsKey("told");
  }

  @Test
  void whenThePageShowsCode_thenItIsTheCodeHere() throws IOException {
    DocPage.of("ops-alerts.md")
        .assertShows(
            "# Alerts",
            Path.of(System.getProperty("basedir", "."))
                .resolve("src/test/java/io/qilin/ops/alert/AlertsDocTest.java"));
  }

  @Test
  void whenTheExampleRuns_thenTheAlertArrives() {
    MeterRegistry registry = new SimpleMeterRegistry();
    registry.gauge("qilin.data.quality.score", quality);
    AlertSink webhook = people;
    Clock clock = Clock.systemUTC();

    List<AlertRule> rules = new ArrayList<>(AlertRule.DEFAULTS);
    rules.add(AlertRule.builder("quality_low", "quality", Direction.BELOW, 0.8)
        .clearThreshold(0.85)
        .severity(Severity.CRITICAL)
        .build());
    MeterReadings readings = MeterReadings.builder(registry)
        .gauge("quality", "qilin.data.quality.score")
        .build();
    try (FanOutSink sinks = FanOutSink.builder(clock, System::nanoTime)
            .sink("log", new LogAlertSink())
            .sink("webhook", webhook)
            .start();
        AlertWatch watch = AlertWatch.builder(
                AlertEngine.of(rules), readings, sinks, clock, System::nanoTime)
            .every(Duration.ofMillis(10))
            .start()) {
      untilTheHostStops(watch);
    }

    assertThat(people.alerts().get(0).message())
        .isEqualTo("FIRING 'quality' is 0.4, below 0.8 (episode 1)");
  }
}

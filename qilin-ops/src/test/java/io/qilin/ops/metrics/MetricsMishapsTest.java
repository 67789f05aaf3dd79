package io.qilin.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MetricsMishapsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final QilinMetrics metrics = QilinMetrics.on(registry);

  private static Observation observed(ObservationRegistry observations) {
    return Observation.createNotStarted("desk", observations)
        .lowCardinalityKeyValue("analyst", "calm")
        .start();
  }

  @Test
  void whenTwoObservationsAreRecorded_thenEachAnalysisCountsOnce() {
    ObservationRegistry observations = ObservationRegistry.create();
    observations
        .observationConfig()
        .observationHandler(metrics.agents().observations("desk", "analyst"))
        .observationHandler(metrics.agents().observations("panel", "member"));
    observed(observations).stop();
    assertThat(registry.get("qilin.agent.analysis.duration").timers())
        .singleElement()
        .satisfies(timer -> assertThat(timer.count()).isEqualTo(1));
    assertThat(registry.get("qilin.agents.active").gauge().value()).isZero();
  }

  @Test
  void whenAnObservationIsStoppedTwice_thenItsAnalysisCountsOnce() {
    ObservationRegistry observations = ObservationRegistry.create();
    observations
        .observationConfig()
        .observationHandler(metrics.agents().observations("desk", "analyst"));
    Observation one = observed(observations);
    one.stop();
    one.stop();
    assertThat(registry.get("qilin.agents.active").gauge().value()).isZero();
  }

  @Test
  void whenALatencyIsNegative_thenItIsRefusedAndNotShown() {
    try (BusinessMetrics business = BusinessMetrics.builder(
            metrics,
            () -> BusinessFigures.UNKNOWN.withRecommendations(1).withLatency(Duration.ofMillis(-5)),
            System::nanoTime)
        .start()) {
      Await.until(
          "the figures are shown",
          () -> registry.get("qilin.daily.recommendations").gauge().value() == 1);
      assertThat(business.health().reason()).isEmpty();
      assertThat(registry.get("qilin.system.latency").gauge().value()).isNaN();
      assertThat(registry
              .get("qilin.metrics.refused")
              .tag("meter", "qilin.system.latency")
              .counter()
              .count())
          .isPositive();
    }
  }

  @Test
  void whenTheAddressOfAStoreHasAPath_thenItIsRefusedAndNotCutOff() {
    HttpClient client = HttpClient.newHttpClient();
    assertThatThrownBy(
            () -> InfluxLineSink.builder(client, URI.create("https://host/influx"), "qilin")
                .build())
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("path");
    assertThat(
            InfluxLineSink.builder(client, URI.create("https://host/"), "qilin").build())
        .isNotNull();
  }
}

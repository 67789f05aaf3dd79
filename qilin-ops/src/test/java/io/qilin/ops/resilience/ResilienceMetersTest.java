package io.qilin.ops.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.health.HealthStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Meters, and the table of dependencies. */
class ResilienceMetersTest {
  private final Guard guard = new Guard();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @AfterEach
  void close() {
    guard.close();
  }

  private double value(String name) {
    Meter meter =
        registry.get("qilin.resilience." + name).tag("dependency", "vendor").meter();
    return meter.measure().iterator().next().getValue();
  }

  @Test
  void whenCallsAreMade_thenTheMetersSayWhatTheStateSays() {
    try (Resilience vendor = guard.builder(Guard.DIRECT).meters(registry).build()) {
      vendor.callOrThrow(() -> {
        guard.pass(Duration.ofMillis(40));
        return 1;
      });
      vendor.call(
          Guard.failing(ErrorCode.DATA_FETCH), List.of(new Fallback<>("copy", () -> "copy")));
      assertThat(value("attempts")).isEqualTo(3);
      assertThat(value("failures")).isEqualTo(2);
      assertThat(value("retries")).isEqualTo(1);
      assertThat(value("fallbacks")).isEqualTo(1);
      assertThat(value("breaker.state")).isZero();
      assertThat(value("places.free")).isEqualTo(64);
      assertThat(registry
              .get("qilin.resilience.latency")
              .tag("quantile", "0.99")
              .timeGauge()
              .value())
          .isPositive();
      Guard.open(vendor);
      assertThat(value("breaker.state")).isEqualTo(2);
    }
  }

  @Test
  void whenItIsClosed_thenItsMetersAreGoneAndCallsGoOn() {
    Resilience vendor = guard.builder(Guard.DIRECT).meters(registry).build();
    assertThat(registry.getMeters())
        .isNotEmpty()
        .allSatisfy(meter -> assertThat(meter.getId().getTags())
            .extracting(Tag::getKey)
            .isSubsetOf("dependency", "quantile"));
    vendor.close();
    vendor.close();
    assertThat(registry.getMeters()).isEmpty();
    assertThat(vendor.callOrThrow(() -> 1)).isEqualTo(1);
  }

  private Dependencies.Builder dependencies() {
    return Dependencies.builder(guard.pool, guard.nanos::get, guard.clock, 7).pause(guard::pause);
  }

  @Test
  void whenANameHasNoPolicy_thenItHasTheDefault() {
    ResiliencePolicy own = Guard.DIRECT.toBuilder().attempts(3).build();
    try (Dependencies all =
        dependencies().policies(Map.of("vendor", own, "default", Guard.DIRECT)).build()) {
      assertThat(all.of("vendor").policy()).isEqualTo(own);
      assertThat(all.of("other").policy()).isEqualTo(Guard.DIRECT);
      assertThat(all.of("vendor")).isSameAs(all.of("vendor"));
    }
    assertThat(dependencies().build().of("x").policy()).isEqualTo(ResiliencePolicy.DEFAULT);
  }

  @Test
  void whenReconfigured_thenKnownAndNewNamesHaveTheNewPolicies() {
    ResiliencePolicy next = Guard.DIRECT.toBuilder().attempts(3).build();
    try (Dependencies all =
        dependencies().meters(registry).policies(Map.of("vendor", Guard.DIRECT)).build()) {
      all.of("vendor");
      all.of("other");
      all.reconfigure(Map.of("other", next));
      assertThat(all.of("vendor").policy()).isEqualTo(ResiliencePolicy.DEFAULT);
      assertThat(all.of("other").policy()).isEqualTo(next);
      assertThat(all.of("third").policy()).isEqualTo(ResiliencePolicy.DEFAULT);
      assertThat(all.states())
          .extracting(ResilienceState::name)
          .containsExactly("other", "third", "vendor");
    }
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void whenOneIsNotWell_thenTheWholeIsDegradedByName() {
    try (Dependencies all =
        dependencies().policies(Map.of("default", Guard.DIRECT)).build()) {
      all.of("good");
      assertThat(all.health().status()).isEqualTo(HealthStatus.HEALTHY);
      Guard.open(all.of("bad"));
      assertThat(all.health().status()).isEqualTo(HealthStatus.DEGRADED);
      assertThat(all.health().reason()).contains("[bad]");
      assertThat(all.health().facts())
          .containsEntry("bad", "UNHEALTHY")
          .containsEntry("good", "HEALTHY");
    }
  }

  @Test
  void whenAskedForAfterTheEnd_thenItWorksWithoutMeters() {
    Dependencies all = dependencies()
        .meters(registry)
        .policies(Map.of("default", Guard.DIRECT))
        .build();
    all.of("early");
    assertThat(registry.getMeters()).isNotEmpty();
    all.close();
    assertThat(all.of("late").callOrThrow(() -> "good")).isEqualTo("good");
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void whenANameCanBelongToNoDependency_thenItsPolicyIsRefused() {
    Map<String, ResiliencePolicy> wrong = Map.of("Bars", Guard.DIRECT);
    assertThatThrownBy(() -> dependencies().policies(wrong))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("a dependency's name is 1 to 64 of a-z 0-9 . _ -, was 'Bars'");
    try (Dependencies all =
        dependencies().policies(Map.of("default", Guard.DIRECT)).build()) {
      assertThatThrownBy(() -> all.reconfigure(wrong)).isInstanceOf(QilinException.class);
      assertThat(all.of("other").policy()).isEqualTo(Guard.DIRECT);
    }
  }

  @Test
  void whenThereAreTooManyNames_thenAnotherIsRefused() {
    try (Dependencies all = dependencies().mostNames(2).build()) {
      all.of("a");
      all.of("b");
      assertThatThrownBy(() -> all.of("c"))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
      assertThat(all.of("a").name()).isEqualTo("a");
      assertThatThrownBy(() -> dependencies().mostNames(0)).isInstanceOf(QilinException.class);
    }
  }
}

package io.qilin.spring.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.qilin.agents.desk.ResearchDesk;
import io.qilin.agents.desk.Snapshots;
import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import io.qilin.data.demo.DemoMarket;
import io.qilin.data.failover.SourceChain;
import io.qilin.ops.alert.LogAlertSink;
import io.qilin.ops.error.ErrorReports;
import io.qilin.ops.health.HealthProbe;
import io.qilin.ops.health.HealthRegistry;
import io.qilin.ops.health.HealthStatus;
import io.qilin.ops.lifecycle.DrainGate;
import io.qilin.ops.lifecycle.Lifecycle;
import io.qilin.ops.lifecycle.LifecyclePart;
import io.qilin.ops.metrics.QilinMetrics;
import io.qilin.ops.quota.StrategyQuotas;
import io.qilin.ops.resilience.Dependencies;
import io.qilin.spring.Contexts;
import io.qilin.spring.FlakyProvider;
import io.qilin.spring.PartState;
import io.qilin.spring.PropertyRefused;
import io.qilin.spring.QilinPart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class OpsAutoConfigurationTest {
  private final ApplicationContextRunner runner = Contexts.runner();

  @Test
  void whenNothingIsSet_thenTheHostIsHealthy() {
    runner.run(context -> {
      assertThat(context.getBean(HealthRegistry.class).report().status())
          .isEqualTo(HealthStatus.HEALTHY);
      assertThat(context).hasSingleBean(ErrorReports.class);
      assertThat(context).hasSingleBean(LogAlertSink.class);
      assertThat(context).hasSingleBean(Dependencies.class);
      assertThat(context).doesNotHaveBean(StrategyQuotas.class);
      assertThat(context).doesNotHaveBean(QilinMetrics.class);
    });
  }

  @Test
  void whenASourceIsDown_thenTheHostIsDegradedAndNotDown() {
    FlakyProvider flaky = new FlakyProvider();
    flaky.opening = FlakyProvider.Mood.AWAY;
    runner
        .withBean(MarketDataProvider.class, () -> flaky)
        .withPropertyValues("qilin.data.source=flaky", "qilin.ops.health.cache=0s")
        .run(context -> {
          HealthRegistry health = context.getBean(HealthRegistry.class);
          assertThat(health.report().status()).isEqualTo(HealthStatus.DEGRADED);
          flaky.opening = FlakyProvider.Mood.WELL;
          context.getBean(MarketDataSource.class).bars(BarQuery.ALL);
          assertThat(health.report().status()).isEqualTo(HealthStatus.HEALTHY);
        });
  }

  /** A part of the application. */
  private record Own(boolean required, PartState.Level level) implements QilinPart {
    @Override
    public String name() {
      return "own";
    }

    @Override
    public PartState state() {
      return new PartState(level, "because", Map.of("orders", 3));
    }

    @Override
    public Map<String, Object> description() {
      return Map.of("orders", 3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true, DOWN, UNHEALTHY",
    "true, DEGRADED, DEGRADED",
    "false, DOWN, DEGRADED",
    "false, UP, HEALTHY"
  })
  void whenTheApplicationHasAPart_thenItCounts(
      boolean required, PartState.Level level, HealthStatus status) {
    runner
        .withBean(QilinPart.class, () -> new Own(required, level))
        .run(context -> assertThat(
                context.getBean(HealthRegistry.class).report(HealthProbe.READY).status())
            .isEqualTo(status));
  }

  @Test
  void whenTheContextCloses_thenReadinessFailsFirstAndPartsStopInOrder() {
    List<String> order = new CopyOnWriteArrayList<>();
    runner
        .withBean(
            "feed",
            LifecyclePart.class,
            () ->
                LifecyclePart.of("feed", () -> order.add("feed up"), () -> order.add("feed down")))
        .withBean(
            "desk",
            LifecyclePart.class,
            () -> LifecyclePart.of("desk", () -> order.add("desk up"), () -> order.add("desk down"))
                .dependsOn("feed"))
        .run(context -> {
          assertThat(order).containsExactly("feed up", "desk up");
          DrainGate gate = context.getBean(DrainGate.class);
          HealthRegistry health = context.getBean(HealthRegistry.class);
          assertThat(gate.<String>call(() -> "work")).isEqualTo("work");
          context.getSourceApplicationContext().close();
          assertThat(order).containsExactly("feed up", "desk up", "desk down", "feed down");
          assertThat(health.report(HealthProbe.READY).draining()).isTrue();
          assertThatThrownBy(gate::enter)
              .isInstanceOfSatisfying(
                  QilinException.class,
                  e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED));
        });
  }

  @Test
  void whenAPartDoesNotStart_thenTheContextDoesNot() {
    runner
        .withBean(
            "feed",
            LifecyclePart.class,
            () -> LifecyclePart.of(
                "feed",
                () -> {
                  throw new java.io.IOException("no line");
                },
                () -> {}))
        .run(context -> assertThat(context).getFailure().hasStackTraceContaining("no line"));
  }

  @Test
  void whenWorkDoesNotEnd_thenTheStopIsBounded() {
    runner
        .withPropertyValues(
            "qilin.ops.shutdown.drain-within=50ms", "qilin.ops.shutdown.stop-within=1s")
        .run(context -> {
          Lifecycle lifecycle = context.getBean(Lifecycle.class);
          DrainGate.Pass pass = context.getBean(DrainGate.class).enter();
          context.getSourceApplicationContext().close();
          pass.close();
          assertThat(lifecycle.report().orElseThrow().drains().get(0).left()).isEqualTo(1);
        });
  }

  @Test
  void whenWorkersAreShared_thenStrategiesHaveTheirQuotas() {
    runner
        .withPropertyValues(
            "qilin.ops.quotas.workers=4",
            "qilin.ops.quotas.strategies.trend.max-workers=1",
            "qilin.ops.quotas.strategies.trend.cpu-share=0.5",
            "qilin.ops.quotas.strategies.trend.weight=2")
        .run(context -> assertThat(context
                .getBean(StrategyQuotas.class)
                .usage("trend")
                .orElseThrow()
                .quota()
                .maxWorkers())
            .hasValue(1));
  }

  @Test
  void whenAPolicyIsSet_thenTheGuardHasIt() {
    runner
        .withPropertyValues(
            "qilin.ops.resilience.vendor.attempts=2",
            "qilin.ops.resilience.vendor.attempt-timeout=3s",
            "qilin.ops.resilience.vendor.deadline=20s",
            "qilin.ops.resilience.vendor.concurrent=3",
            "qilin.ops.resilience.vendor.failure-share=0.25",
            "qilin.ops.resilience.vendor.open-time=7s")
        .run(context -> {
          var policy = context.getBean(Dependencies.class).of("vendor").policy();
          assertThat(policy.attempts()).isEqualTo(2);
          assertThat(policy.attemptTimeout()).contains(Duration.ofSeconds(3));
          assertThat(policy.deadline()).contains(Duration.ofSeconds(20));
          assertThat(policy.concurrent()).contains(3);
          assertThat(policy.breakerFailureShare()).isEqualTo(0.25);
          assertThat(policy.breakerOpen()).isEqualTo(Duration.ofSeconds(7));
        });
  }

  @ParameterizedTest
  @CsvSource({
    "health.timeout, 0s, health.timeout",
    "health.cache, -1s, health.cache",
    "shutdown.drain-within, 0s, shutdown.drain-within",
    "shutdown.drain-within, 5m, shutdown.drain-within",
    "shutdown.stop-within, 0s, shutdown.stop-within",
    "quotas.workers, 0, quotas.workers",
    "quotas.strategies.a.weight, 3, quotas.strategies",
    "resilience.vendor.attempts, 0, resilience.vendor",
  })
  void whenAValueIsWrong_thenTheStartNamesTheProperty(String name, String value, String named) {
    runner
        .withPropertyValues("qilin.ops." + name + "=" + value)
        .run(context -> assertThat(context).getFailure().satisfies(failure -> {
          Throwable at = failure;
          while (!(at instanceof PropertyRefused)) {
            at = at.getCause();
          }
          assertThat(((PropertyRefused) at).property()).isEqualTo("qilin.ops." + named);
        }));
  }

  @Test
  void whenTheApplicationHasMeters_thenSourcesAnalystsAndHealthAreMeasured() {
    DemoMarket market = DemoMarket.of(30, 1, 42);
    runner
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .withBean(ObservationRegistry.class, ObservationRegistry::create)
        .withPropertyValues("qilin.data.source=demo", "qilin.data.settings.symbols=3")
        .run(context -> {
          MeterRegistry meters = context.getBean(MeterRegistry.class);
          context.getBean(SourceChain.class).bars(BarQuery.ALL);
          assertThat(meters.get("qilin.data.answers").counter().count()).isEqualTo(1);
          var day = market.bars().panel().lastDay();
          context
              .getBean(ResearchDesk.class)
              .run(Snapshots.of(market.bars(), market.securities(), day), day.plusDays(1));
          assertThat(meters.find("qilin.agent.analysis.duration").timers()).isNotEmpty();
          assertThat(meters.get("qilin.system.health").gauge().value()).isEqualTo(1);
        });
  }

  @Test
  void whenTheApplicationHasItsOwn_thenOursBackOff() {
    AlertSink sink = alert -> {};
    runner
        .withBean("sink", AlertSink.class, () -> sink)
        .withBean("gate", DrainGate.class, () -> DrainGate.of("own", System::nanoTime))
        .withBean(
            "cycle", Lifecycle.class, () -> Lifecycle.builder(System::nanoTime).build())
        .run(context -> {
          assertThat(context).getBean(AlertSink.class).isSameAs(sink);
          assertThat(context).hasSingleBean(Lifecycle.class);
          assertThat(context).doesNotHaveBean(QilinLifecycle.class);
        });
  }
}

package io.qilin.ops.health;

import static io.qilin.ops.health.HealthProbe.LIVE;
import static io.qilin.ops.health.HealthProbe.READY;
import static io.qilin.ops.health.HealthProbe.STARTUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HealthRegistryTest {
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000);
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicReference<HealthResult> answer =
      new AtomicReference<>(HealthResult.healthy());

  @AfterEach
  void close() {
    executor.shutdownNow();
  }

  private HealthRegistry.Builder registry() {
    return HealthRegistry.builder(executor, nanos::get);
  }

  private HealthResult ask() {
    calls.incrementAndGet();
    return answer.get();
  }

  private void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @ParameterizedTest
  @CsvSource({
    "HEALTHY, HEALTHY, HEALTHY",
    "HEALTHY, DEGRADED, DEGRADED",
    "HEALTHY, UNHEALTHY, DEGRADED",
    "DEGRADED, HEALTHY, DEGRADED",
    "DEGRADED, UNHEALTHY, DEGRADED",
    "UNHEALTHY, HEALTHY, UNHEALTHY",
    "UNHEALTHY, DEGRADED, UNHEALTHY"
  })
  void whenPartsDiffer_thenTheWorstRequiredOneWins(
      HealthStatus required, HealthStatus optional, HealthStatus whole) {
    HealthReport report = registry()
        .required("a", () -> new HealthResult(required, "", Map.of()), READY)
        .optional("b", () -> new HealthResult(optional, "", Map.of()), READY)
        .build()
        .report(READY);
    assertThat(report.status()).isEqualTo(whole);
    assertThat(report.passes()).isEqualTo(whole != HealthStatus.UNHEALTHY);
    assertThat(report.components()).containsOnlyKeys("a", "b");
  }

  @Test
  void whenAProbeIsAsked_thenOnlyItsChecksRun() {
    HealthRegistry registry = registry()
        .required("ready", () -> HealthResult.unhealthy("no"), READY)
        .required("both", this::ask, LIVE, READY)
        .build();
    assertThat(registry.report(LIVE).components()).containsOnlyKeys("both");
    assertThat(registry.report(LIVE).passes()).isTrue();
    assertThat(registry.report(READY).passes()).isFalse();
    assertThat(registry.report(STARTUP).passes()).as("nothing is asked for").isTrue();
    assertThat(registry.report().components()).containsOnlyKeys("both", "ready");
  }

  @Test
  void whenAskedAgainSoon_thenTheResultIsKept() {
    HealthRegistry registry = registry().required("a", this::ask, READY, LIVE).build();
    registry.report(READY);
    answer.set(HealthResult.unhealthy("down"));
    passes(Duration.ofMillis(999));
    assertThat(registry.report(LIVE).passes()).isTrue();
    assertThat(calls).hasValue(1);
    passes(Duration.ofMillis(1));
    assertThat(registry.report(READY).passes()).isFalse();
    assertThat(calls).hasValue(2);
  }

  @Test
  void whenNothingIsKept_thenEveryQuestionIsAsked() {
    HealthRegistry registry =
        registry().required("a", this::ask, READY).cache(Duration.ZERO).build();
    registry.report(READY);
    registry.report(READY);
    assertThat(calls).hasValue(2);
  }

  @Test
  void whenACheckFails_thenItIsUnhealthyByNameAndItsWordsStayInside() {
    HealthReport report = registry()
        .required(
            "typed",
            () -> {
              throw new QilinException(ErrorCode.IO, "no such folder");
            },
            READY)
        .required(
            "foreign",
            () -> {
              throw new java.io.IOException("jdbc:x://user:hunter2@host");
            },
            READY)
        .required(
            "deep",
            () -> {
              throw new StackOverflowError("hunter2");
            },
            READY)
        .required("nothing", HealthRegistryTest::nothing, READY)
        .build()
        .report(READY);
    assertThat(report.components().get("typed").result().reason())
        .isEqualTo("the check failed: QILIN-5004 no such folder");
    assertThat(report.components().get("foreign").result().reason())
        .isEqualTo("the check failed: IOException");
    assertThat(report.components().get("deep").result().reason()).endsWith("StackOverflowError");
    assertThat(report.components().get("nothing").result().reason()).contains("no result");
    assertThat(report.toJson()).doesNotContain("hunter2");
  }

  @SuppressWarnings("NullAway")
  private static HealthResult nothing() {
    return null;
  }

  @Test
  void whenACheckHangs_thenItIsUnhealthyByNameAndNotAskedAgainBeforeItEnds() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    BlockingQueue<Boolean> flags = new LinkedBlockingQueue<>();
    AtomicInteger begins = new AtomicInteger();
    HealthCheck stubborn = () -> {
      begins.incrementAndGet();
      begun.countDown();
      while (goOn.getCount() > 0) {
        try {
          goOn.await();
        } catch (InterruptedException e) {
          interrupted.countDown();
        }
      }
      return HealthResult.healthy();
    };
    HealthRegistry registry = registry()
        .required("stubborn", stubborn, READY)
        .optional("other", this::ask, READY)
        .build();
    Future<HealthReport> first = executor.submit(() -> registry.report(READY));
    begun.await();
    passes(Duration.ofSeconds(5));
    HealthReport report = first.get(30, TimeUnit.SECONDS);
    assertThat(report.passes()).isFalse();
    assertThat(report.components().get("stubborn").result().reason())
        .contains("has not answered within 5000 ms");
    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 5; i++) {
      passes(Duration.ofSeconds(10));
      assertThat(registry.report(READY).passes()).isFalse();
    }
    assertThat(begins).hasValue(1);
    goOn.countDown();
    Await.until("it passes again", () -> {
      passes(Duration.ofSeconds(1));
      return registry.report(READY).passes();
    });
    for (int i = 0; i < 4; i++) {
      executor.submit(() -> flags.add(Thread.currentThread().isInterrupted())).get();
    }
    assertThat(flags).as("no interrupt is left behind").doesNotContain(true);
  }

  @Test
  void whenManyAskAtOnce_thenACheckIsCalledOnce() throws Exception {
    CountDownLatch asked = new CountDownLatch(8);
    CountDownLatch goOn = new CountDownLatch(1);
    HealthRegistry registry = registry()
        .required(
            "slow",
            () -> {
              calls.incrementAndGet();
              goOn.await();
              return HealthResult.healthy();
            },
            READY)
        .build();
    List<Future<HealthReport>> reports = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      reports.add(executor.submit(() -> {
        asked.countDown();
        return registry.report(READY);
      }));
    }
    asked.await();
    goOn.countDown();
    for (Future<HealthReport> report : reports) {
      assertThat(report.get(30, TimeUnit.SECONDS).passes()).isTrue();
    }
    assertThat(calls).hasValue(1);
  }

  @Test
  void whenTheExecutorTakesNothing_thenTheCheckIsUnhealthy() {
    HealthReport report = HealthRegistry.builder(
            task -> {
              throw new RejectedExecutionException("full");
            },
            nanos::get)
        .required("a", this::ask, READY)
        .build()
        .report(READY);
    assertThat(report.components().get("a").result().reason()).contains("executor");
    assertThat(report.passes()).isFalse();
  }

  @Test
  void whenItHasStarted_thenStartupStaysPassed() {
    HealthRegistry registry = registry().required("a", this::ask, STARTUP).build();
    answer.set(HealthResult.unhealthy("loading"));
    assertThat(registry.report(STARTUP).passes()).isFalse();
    passes(Duration.ofSeconds(1));
    answer.set(HealthResult.degraded("without cache"));
    assertThat(registry.report(STARTUP).passes()).isTrue();
    passes(Duration.ofSeconds(1));
    answer.set(HealthResult.unhealthy("down"));
    assertThat(registry.report(STARTUP).passes()).isTrue();
    assertThat(calls).hasValue(2);
  }

  @Test
  void whenItDrains_thenItIsNotReadyButLives() {
    HealthRegistry registry = registry().required("a", this::ask, READY, LIVE).build();
    registry.drain();
    HealthReport ready = registry.report(READY);
    assertThat(ready.passes()).isFalse();
    assertThat(ready.draining()).isTrue();
    assertThat(ready.toJson()).startsWith("{\"status\":\"OUT_OF_SERVICE\"");
    assertThat(registry.report(LIVE).passes()).isTrue();
    registry.resume();
    assertThat(registry.report(READY).passes()).isTrue();
  }

  @Test
  void whenTheAskerIsInterrupted_thenItIsCancelled() {
    HealthRegistry registry = registry()
        .required(
            "a",
            () -> {
              new CountDownLatch(1).await();
              return HealthResult.healthy();
            },
            READY)
        .build();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> registry.report(READY))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whenARegistryIsPutTogetherWrongly_thenItIsRefused() {
    HealthRegistry.Builder builder = registry().required("a", this::ask, READY);
    assertThatThrownBy(() -> builder.optional("a", this::ask, LIVE))
        .hasMessageContaining("two checks");
    for (String name : new String[] {"", "a b", "\n", "x".repeat(65), "-a"}) {
      assertThatThrownBy(() -> builder.optional(name, this::ask, LIVE))
          .isInstanceOf(QilinException.class);
    }
    assertThatThrownBy(() -> builder.timeout(Duration.ZERO)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> builder.cache(Duration.ofHours(1))).isInstanceOf(QilinException.class);
    for (int i = 1; i < 200; i++) {
      builder.optional("n" + i, this::ask, LIVE);
    }
    assertThatThrownBy(() -> builder.optional("last", this::ask, LIVE))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
  }

  @Test
  void whenPrinted_thenInTheFormOfProbesAndEscaped() {
    HealthReport report = HealthReport.of(
        Map.of(
            "store", new HealthComponent(true, HealthResult.healthy().with("open", 3)),
            "feed",
                new HealthComponent(
                    false, HealthResult.unhealthy("said \"no\"\n\u2028</script>\u0000"))),
        false);
    assertThat(report.toJson())
        .isEqualTo("{\"status\":\"DEGRADED\",\"components\":{"
            + "\"feed\":{\"status\":\"DOWN\",\"details\":{\"reason\":"
            + "\"said \\\"no\\\"\\\\u000A\\\\u2028</script>\\\\u0000\",\"required\":false}},"
            + "\"store\":{\"status\":\"UP\",\"details\":{\"required\":true,"
            + "\"facts\":{\"open\":\"3\"}}}}}");
    assertThat(report.toShortJson()).isEqualTo("{\"status\":\"DEGRADED\"}");
  }

  @Test
  void whenTheExecutorFailsWithAnErrorOnce_thenTheCheckIsAskedAgain() {
    AtomicInteger tasks = new AtomicInteger();
    HealthRegistry registry = HealthRegistry.builder(
            task -> {
              if (tasks.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("instrumentation");
              }
              task.run();
            },
            nanos::get)
        .required("a", this::ask, READY)
        .build();
    assertThat(registry.report(READY).components().get("a").result().reason()).contains("executor");
    passes(Duration.ofSeconds(1));
    assertThat(registry.report(READY).passes()).isTrue();
  }
}

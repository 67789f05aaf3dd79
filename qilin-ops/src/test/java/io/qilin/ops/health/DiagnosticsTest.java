package io.qilin.ops.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.ops.worker.Worker;
import io.qilin.testkit.Await;
import io.qilin.testkit.SettableClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

@Timeout(60)
class DiagnosticsTest {
  private static final String CANARY = "CANARY-hunter2";

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final AtomicLong nanos = new AtomicLong();
  private final SettableClock clock = SettableClock.at("2026-01-05T09:30:00+08:00");

  @AfterEach
  void close() {
    executor.shutdownNow();
  }

  private DiagnosticsBuilder diagnostics() {
    return Diagnostics.builder(executor, clock, nanos::get);
  }

  /** Reads it whole, strictly. */
  private static void parses(String json) {
    JsonFactory strict = JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .build();
    try (JsonParser parser = strict.createParser(ObjectReadContext.empty(), json)) {
      while (parser.nextToken() != null) {
        parser.currentTokenLocation();
      }
    }
  }

  @Test
  void whenAsked_thenItTellsVersionsTimeAndParts() {
    RecentErrors errors = RecentErrors.of(RecentErrors.DEFAULT_SIZE, clock);
    errors.record(new QilinException(ErrorCode.DATA_FETCH, "the feed did not answer"));
    LatencyRecorder latencies = new LatencyRecorder();
    latencies.record("analyse", Duration.ofMillis(3));
    HealthRegistry registry = HealthRegistry.builder(executor, nanos::get)
        .required("store", HealthResult::healthy, HealthProbe.READY)
        .build();
    try (Worker worker = Worker.start(
        "qilin-diagnostics-test", () -> Duration.ofHours(1), nanos::get, Duration.ofSeconds(1))) {
      Diagnostics all = diagnostics()
          .health(registry)
          .errors(errors)
          .latencies(latencies)
          .config(() -> "conf/qilin.yaml", () -> "17")
          .component("config-watch", worker::health)
          .section("pool", () -> Map.of("size", 4, "busy", true, "load", 0.5))
          .build();
      // A step that is not over when the clock is moved would be thought to stand still.
      Await.until("its first step is over", () -> worker.status().steps() > 0);
      nanos.addAndGet(Duration.ofMinutes(2).toNanos());
      clock.advance(Duration.ofMinutes(2));
      String text = all.text();
      assertThat(text.lines())
          .contains(
              "qilin.version: 0.1.0-SNAPSHOT",
              "jvm.version: " + System.getProperty("java.runtime.version"),
              "system.name: " + System.getProperty("os.name"),
              "time.upSeconds: 120",
              "time.at: 2026-01-05T01:32:00Z",
              "time.startedAt: 2026-01-05T01:30:00Z",
              "health.status: UP",
              "health.components.store.status: UP",
              "errors.last[0].code: QILIN-2000",
              "errors.last[0].text: QILIN-2000 the feed did not answer",
              "latencies.analyse.count: 1",
              "latencies.analyse.longest: 3000.0",
              "config.source: conf/qilin.yaml",
              "config.version: 17",
              "config-watch.status: UP",
              "pool.size: 4",
              "pool.busy: true",
              "pool.load: 0.5");
      String json = all.json();
      parses(json);
      assertThat(json)
          .contains("\"pool\":{", "\"size\":4", "\"busy\":true", "\"config\":{\"source\":");
    }
  }

  @Test
  void whenASectionThrowsOrHangs_thenItIsNamedAndTheOthersStand() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Diagnostics some = diagnostics()
        .section("throws", () -> {
          throw new UnsupportedOperationException(CANARY);
        })
        .section("typed", () -> {
          throw new QilinException(ErrorCode.IO, "no such folder");
        })
        .section("hangs", () -> {
          hangs.countDown();
          while (goOn.getCount() > 0) {
            try {
              goOn.await();
            } catch (InterruptedException stubborn) {
              Thread.onSpinWait();
            }
          }
          return Map.of();
        })
        .section(
            "slowText",
            () -> Map.of("x", new Object() {
              @Override
              public String toString() {
                throw new UnsupportedOperationException(CANARY);
              }
            }))
        .section("nothing", DiagnosticsTest::nothing)
        .section("stands", () -> Map.of("a", 1))
        .build();
    Future<String> report = executor.submit(some::text);
    hangs.await();
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(report.get(30, TimeUnit.SECONDS)).contains("hangs.failed: it has not answered");
    // The time stands still now: once the others have ended, only what hangs is late.
    String text = some.text();
    while (text.lines().filter(line -> line.contains("has not answered")).count() > 1) {
      text = some.text();
    }
    assertThat(text.lines())
        .contains(
            "throws.failed: UnsupportedOperationException",
            "typed.failed: QILIN-5004 no such folder",
            "hangs.failed: it has not answered within 2000 ms and is not asked again before it"
                + " ends",
            "slowText.failed: UnsupportedOperationException",
            "nothing.failed: NullPointerException",
            "stands.a: 1")
        .noneMatch(line -> line.contains(CANARY));
    goOn.countDown();
  }

  @SuppressWarnings("NullAway")
  private static Map<String, String> nothing() {
    return null;
  }

  @Test
  void whenTheExecutorTakesNothing_thenEverySectionSaysSo() {
    Diagnostics none = Diagnostics.builder(
            task -> {
              throw new RejectedExecutionException();
            },
            clock,
            nanos::get)
        .build();
    assertThat(none.text()).contains("jvm.failed: the executor did not take it");
    parses(none.json());
  }

  @Test
  void whenThereIsASecretInEveryPlace_thenNoneIsTold() {
    RecentErrors errors = RecentErrors.of(5, clock);
    errors.record(new java.io.IOException(CANARY));
    errors.record(ErrorCode.NETWORK, "refused: https://u:" + CANARY + "@host/");
    errors.record(new QilinException(ErrorCode.IO, "login failed, password=" + CANARY));
    Map<String, Object> nested = new LinkedHashMap<>();
    nested.put("token", List.of(CANARY));
    nested.put("credentials", Map.of("user", CANARY));
    nested.put("key", Secret.of(CANARY));
    nested.put("optional", Optional.of(Secret.of(CANARY)));
    nested.put("list", List.of("a", "db://u:" + CANARY + "@h", Secret.of(CANARY)));
    nested.put("password=" + CANARY, "x");
    nested.put("x\ntoken=" + CANARY, 1);
    HealthRegistry registry = HealthRegistry.builder(executor, nanos::get)
        .required(
            "fails",
            () -> {
              throw new java.io.IOException(CANARY);
            },
            HealthProbe.LIVE)
        .required(
            "tells",
            () -> HealthResult.unhealthy("Bearer " + CANARY)
                .with("apiKey", CANARY)
                .with("url", "x://u:" + CANARY + "@h"),
            HealthProbe.LIVE)
        .build();
    Diagnostics all = diagnostics()
        .health(registry)
        .errors(errors)
        .config(() -> "https://u:" + CANARY + "@config/x", () -> "token=" + CANARY)
        .component("part", () -> HealthResult.degraded("secret: " + CANARY).with("pwd", CANARY))
        .component("broken", () -> {
          throw new java.io.IOException(CANARY);
        })
        .section("nested", () -> Map.of("deep", nested))
        .build();
    for (String told : List.of(
        all.json(), all.text(), registry.report().toJson(), registry.report().toString())) {
      assertThat(told).doesNotContain(CANARY).contains("***");
    }
    parses(all.json());
  }

  @Test
  void whenASectionIsHuge_thenItIsCut() {
    Map<String, Object> self = new HashMap<>();
    self.put("self", self);
    Diagnostics huge = diagnostics()
        .section(
            "wide",
            () -> Map.of("numbers", IntStream.range(0, 1_000_000).boxed().toList()))
        .section("deep", () -> self)
        .section("long", () -> Map.of("text", "x".repeat(10_000_000)))
        .section("odd", () -> {
          Map<String, Object> odd = new HashMap<>();
          odd.put("null", null);
          odd.put("nan", Double.NaN);
          odd.put("empty", Optional.empty());
          odd.put("array", Arrays.asList(1, null));
          odd.put("\u0000\n\u202e", "\u0000\n\u202e");
          return odd;
        })
        .build();
    String json = huge.json();
    parses(json);
    assertThat(json.length()).isLessThan(60_000);
    assertThat(huge.text()).contains("odd.null: null", "odd.nan: NaN", "odd.array[1]: null");
    assertThat(huge.text()).contains("odd.\\u0000\\u000A\\u202E: \\u0000\\u000A\\u202E\n");
  }

  @Test
  void whenDiagnosticsArePutTogetherWrongly_thenTheyAreRefused() {
    DiagnosticsBuilder builder = diagnostics().section("a", Map::of);
    assertThatThrownBy(() -> builder.section("a", Map::of)).hasMessageContaining("two sections");
    assertThatThrownBy(() -> builder.section("jvm", Map::of)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> builder.section("a.b", Map::of)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> builder.timeout(Duration.ZERO)).isInstanceOf(QilinException.class);
    for (int i = 5; i < 100; i++) {
      builder.section("n" + i, Map::of);
    }
    assertThatThrownBy(() -> builder.section("last", Map::of))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
  }

  @Test
  void whenErrorsRepeat_thenTheyAreCountedAndTheOldestMakesRoom() {
    RecentErrors errors = RecentErrors.of(2, clock);
    errors.record(ErrorCode.IO, "first");
    errors.record(ErrorCode.IO, "second");
    clock.advance(Duration.ofSeconds(1));
    errors.record(ErrorCode.IO, "first");
    assertThat(errors.entries())
        .containsExactly(
            new RecentErrors.Entry(ErrorCode.IO, "first", 2, clock.instant()),
            new RecentErrors.Entry(ErrorCode.IO, "second", 1, clock.instant().minusSeconds(1)));
    errors.record(new java.io.IOException(CANARY));
    assertThat(errors.entries())
        .extracting(RecentErrors.Entry::text)
        .containsExactly("IOException", "first");
    errors.record(ErrorCode.IO, "x".repeat(1_000));
    assertThat(errors.entries().get(0).text()).hasSize(301);
    assertThatThrownBy(() -> RecentErrors.of(0, clock)).isInstanceOf(QilinException.class);
  }
}

package io.qilin.security.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.audit.AuditOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks every collaborator of the pipeline in every way in turn: nothing may pass (spec G15). */
@Timeout(120)
class FailClosedSweepTest {
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  });

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /**
   * Runs the steps, which will hang, on a thread of their own, and what comes after them on the caller's: a busy machine
   * that starts a thread late must not lose the record of the refusal to the same deadline.
   */
  private Executor stepsAside() {
    AtomicBoolean first = new AtomicBoolean(true);
    return task -> {
      if (first.getAndSet(false)) {
        threads.execute(task);
      } else {
        task.run();
      }
    };
  }

  /** Ways to fail that every collaborator has. */
  private static Map<String, Supplier<Object>> faults() {
    Map<String, Supplier<Object>> faults = new LinkedHashMap<>();
    faults.put("throws", () -> {
      throw new IllegalStateException("canary-failure");
    });
    faults.put("throws Qilin", () -> {
      throw new QilinException(ErrorCode.IO, "canary-failure");
    });
    faults.put("throws Error", () -> {
      throw new AssertionError("canary-failure");
    });
    faults.put("overflows", FailClosedSweepTest::overflow);
    faults.put("hangs", () -> {
      while (true) {
        try {
          NEVER.await();
        } catch (InterruptedException e) {
          // A part that ignores being interrupted is the worst kind.
          continue;
        }
      }
    });
    return faults;
  }

  private static Object overflow() {
    return overflow() == null ? 1 : 0;
  }

  /** Collaborators, and how each is made to answer with what a fault gives. */
  private static Map<String, BiConsumer<PipelineFixture, Supplier<Object>>> collaborators() {
    Map<String, BiConsumer<PipelineFixture, Supplier<Object>>> all = new LinkedHashMap<>();
    all.put("authenticator", (f, fault) -> f.authenticator = call -> as(fault));
    all.put("device", (f, fault) -> f.device = (identity, call) -> (double) fault.get());
    all.put("context", (f, fault) -> f.context = (identity, call) -> (double) fault.get());
    all.put("policy", (f, fault) -> f.authorizer = request -> as(fault));
    all.put("login detector", (f, fault) -> f.loginScore = call -> (double) fault.get());
    all.put("detector", (f, fault) -> f.score = call -> (double) fault.get());
    all.put("clock", (f, fault) -> f.clock = new FaultyClock(fault));
    all.put("audit", (f, fault) -> f.audit = entry -> fault.get());
    all.put("second factor", (f, fault) -> {
      f.score = call -> 0.5;
      f.secondFactor = (identity, code) -> (boolean) fault.get();
    });
    all.put("threat handler", (f, fault) -> {
      f.score = call -> 0.9;
      f.handler = (call, subject, found) -> fault.get();
    });
    return all;
  }

  @SuppressWarnings("unchecked")
  private static <T> T as(Supplier<Object> fault) {
    return (T) fault.get();
  }

  static Stream<Object[]> broken() {
    return collaborators().entrySet().stream()
        .flatMap(part -> Stream.concat(faults().entrySet().stream(), own(part.getKey()))
            .map(fault ->
                new Object[] {part.getKey(), fault.getKey(), part.getValue(), fault.getValue()}));
  }

  /** Nonsense that a collaborator of a kind can answer. */
  private static Stream<Map.Entry<String, Supplier<Object>>> own(String collaborator) {
    Map<String, Supplier<Object>> more = new LinkedHashMap<>();
    switch (collaborator) {
      case "authenticator", "policy", "clock" -> more.put("null", () -> null);
      case "device", "context", "login detector", "detector" -> {
        for (double value : new double[] {Double.NaN, -0.1, 1.1, Double.POSITIVE_INFINITY}) {
          more.put(Double.toString(value), () -> value);
        }
      }
      case "second factor" -> more.put("false", () -> false);
      default -> {
        // An audit trail and a handler answer nothing.
      }
    }
    return more.entrySet().stream();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("broken")
  void whenAPartIsBroken_thenNothingPasses(
      String part,
      String fault,
      BiConsumer<PipelineFixture, Supplier<Object>> breaking,
      Supplier<Object> how) {
    PipelineFixture fixture = new PipelineFixture();
    boolean hangs = fault.equals("hangs");
    fixture.executor = Optional.of(hangs && !part.equals("audit") ? stepsAside() : threads);
    fixture.deadline = hangs ? Duration.ofMillis(20) : Duration.ofSeconds(30);
    breaking.accept(fixture, how);
    SecuredCall<String> call = PipelineFixture.call()
        .secondFactor(io.qilin.api.secret.Secret.of("123456"))
        .build();

    assertThatThrownBy(() -> fixture.run(call))
        .isInstanceOf(CallRefused.class)
        .hasNoCause()
        .hasMessageContaining("c-1")
        .hasMessageNotContaining("canary");

    assertThat(fixture.done).hasValue(0);
    if (!part.equals("audit")) {
      assertThat(fixture.recorded)
          .extracting(entry -> entry.outcome())
          .contains(AuditOutcome.DENIED);
    }
    assertThat(fixture.recorded)
        .extracting(entry -> entry.outcome())
        .doesNotContain(AuditOutcome.INTENT, AuditOutcome.SUCCEEDED);
    assertThat(fixture.recorded.toString()).doesNotContain("canary");
  }

  /** What the sweep would find in a pipeline that lets one step answer for itself: the control of this test. */
  @org.junit.jupiter.api.Test
  void whenNothingIsBroken_thenTheCallPasses() {
    PipelineFixture fixture = new PipelineFixture();
    fixture.executor = Optional.of(threads);
    assertThat(fixture.run()).isEqualTo("canary-payload for zhang");
    assertThat(fixture.done).hasValue(1);
  }

  private static final class FaultyClock extends Clock {
    private final Supplier<Object> fault;

    private FaultyClock(Supplier<Object> fault) {
      this.fault = fault;
    }

    @Override
    public ZoneId getZone() {
      return ZoneId.of("UTC");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return (Instant) fault.get();
    }
  }
}

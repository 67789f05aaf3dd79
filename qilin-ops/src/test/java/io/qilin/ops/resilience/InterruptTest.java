package io.qilin.ops.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The calling thread is interrupted wherever a call looks at the ticker. */
@Timeout(60)
class InterruptTest {
  private static final int POINTS = 30;

  private final Guard guard = new Guard();

  @AfterEach
  void close() {
    guard.close();
  }

  static Stream<ResiliencePolicy> policies() {
    ResiliencePolicy.Builder pooled = Guard.PATIENT.toBuilder()
        .attempts(3)
        .retryShare(1)
        .concurrent(2, Duration.ofSeconds(1))
        .rateLimit(1, Duration.ofMillis(10), Duration.ofSeconds(20));
    return Stream.of(
        pooled.build(),
        pooled.hedgeAfter(Duration.ofNanos(1)).build(),
        pooled.onCallersThread().build());
  }

  @ParameterizedTest
  @MethodSource("policies")
  void whenInterruptedAnywhere_thenTheFlagIsKeptAndAllPlacesComeBack(ResiliencePolicy policy)
      throws InterruptedException {
    List<Resilience> all = new ArrayList<>();
    int cancelled = 0;
    for (int point = 1; point <= POINTS; point++) {
      AtomicInteger looks = new AtomicInteger(point);
      Resilience vendor = Resilience.builder(
              "vendor", policy, guard.pool, interrupting(looks), guard.clock, 7)
          .pause(InterruptTest::yielding)
          .build();
      all.add(vendor);
      Outcome<String> outcome = vendor.call(twiceBad(), List.of(new Fallback<>("copy", () -> "b")));
      boolean flag = Thread.interrupted();
      assertThat(flag).as("point %d: %s", point, outcome).isEqualTo(looks.get() <= 0);
      ErrorCode code = outcome.fold(a -> null, d -> null, f -> f.error().code());
      assertThat(code).as("point %d", point).isIn(null, ErrorCode.CANCELLED);
      cancelled += code == null ? 0 : 1;
    }
    assertThat(cancelled).isPositive();
    guard.pool.shutdown();
    assertThat(guard.pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(all).allSatisfy(vendor -> {
      assertThat(vendor.state().freePlaces()).contains(2);
      assertThat(vendor.state().breaker()).isEqualTo(BreakerState.CLOSED);
    });
  }

  /** Moves on with each look, and interrupts the thread of the test at one of its looks. */
  private LongSupplier interrupting(AtomicInteger looks) {
    Thread caller = Thread.currentThread();
    return () -> {
      if (Thread.currentThread() == caller && looks.decrementAndGet() == 0) {
        caller.interrupt();
      }
      return guard.nanos.addAndGet(1_000);
    };
  }

  private static void yielding(Duration length) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("while it waited for " + length);
    }
  }

  private static Callable<String> twiceBad() {
    AtomicInteger calls = new AtomicInteger();
    return () -> {
      if (calls.incrementAndGet() <= 2) {
        throw new QilinException(ErrorCode.DATA_FETCH, "planted");
      }
      return "good";
    };
  }
}

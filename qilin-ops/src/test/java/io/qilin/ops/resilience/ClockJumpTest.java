package io.qilin.ops.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.qilin.api.error.ErrorCode;
import io.qilin.testkit.fault.FaultRun;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scenario F8: the wall clock jumps both ways; breakers and limits go by the ticker. */
@Tag("fault")
@Tag("F8")
class ClockJumpTest {
  private static final long[] JUMP_SECONDS = {86_400, -86_400, 3_600, -3_600, 600, -600, 1, -1};

  private final FaultRun run = FaultRun.of("F8", 50);
  private final Guard guard = new Guard();
  private final Map<String, Long> figures = new TreeMap<>();

  @AfterEach
  void close() {
    guard.close();
  }

  private void count(String figure, boolean when) {
    figures.merge(figure, when ? 1L : 0L, Long::sum);
  }

  /** A breaker as its library makes it: by the wall clock. */
  private CircuitBreaker planted() {
    CircuitBreaker breaker = CircuitBreaker.of(
        "planted",
        CircuitBreakerConfig.custom()
            .clock(guard.clock)
            .waitDurationInOpenState(Duration.ofSeconds(10))
            .build());
    breaker.transitionToOpenState();
    return breaker;
  }

  @Test
  void whenTheClockJumps_thenNoBreakerAndNoLimitIsClosedLongerThanItsTime() {
    Random random = run.random();
    for (int i = 0; i < run.n(); i++) {
      Resilience vendor = guard.of(Guard.DIRECT.toBuilder()
          .rateLimit(20, Duration.ofSeconds(1), Duration.ZERO)
          .build());
      Guard.open(vendor);
      CircuitBreaker planted = planted();
      guard.clock.advance(Duration.ofSeconds(JUMP_SECONDS[random.nextInt(JUMP_SECONDS.length)]));
      count("wrongEarly", !vendor.call(() -> 1).failures().isEmpty() ? false : true);
      Duration open = Duration.ofMillis(10_001);
      guard.pass(open);
      guard.clock.advance(open);
      count("wrongStillOpen", failed(vendor.call(() -> 1)));
      count("plantedStillOpen", !planted.tryAcquirePermission());
      vendor.call(() -> 1);
      count("wrongNotClosed", vendor.state().breaker() != BreakerState.CLOSED);
      count("wrongLength", vendor.state().latency().max().isNegative());
      count("wrongLimit", limited(vendor));
    }
    long failures = figures.entrySet().stream()
        .filter(each -> each.getKey().startsWith("wrong"))
        .mapToLong(Map.Entry::getValue)
        .sum();
    System.out.println(run.report(failures, figures));
    assertThat(failures).as("%s", figures).isZero();
    assertThat(figures.get("plantedStillOpen"))
        .as("the planted breaker is caught")
        .isPositive();
  }

  /** Whether a used-up limit is not free again after its period, wherever the wall clock is. */
  private boolean limited(Resilience vendor) {
    while (!failed(vendor.call(() -> 1))) {
      count("permits", true);
    }
    guard.clock.advance(Duration.ofDays(-1));
    guard.pass(Duration.ofSeconds(1));
    return failed(vendor.call(() -> 1));
  }

  private static boolean failed(Outcome<?> outcome) {
    return outcome.fold(a -> false, d -> false, f -> f.error().code() != ErrorCode.UNKNOWN);
  }

  @Test
  void whenTheTickerWraps_thenLengthsStayTrue() {
    guard.nanos.set(Long.MAX_VALUE - 5);
    Resilience vendor = guard.of(Guard.DIRECT);
    vendor.callOrThrow(() -> {
      guard.nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(3));
      return 1;
    });
    assertThat(vendor.state().latency().max()).isEqualTo(Duration.ofMillis(3));
  }
}

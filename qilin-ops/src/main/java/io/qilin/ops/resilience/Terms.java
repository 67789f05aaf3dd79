package io.qilin.ops.resilience;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A policy in force with the parts that remember something. Immutable but for what the parts remember; a call keeps the one that it
 * began with.
 */
final class Terms {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final float PERCENT = 100;

  /** What the parts of one dependency are made with. */
  record Maker(String name, LongSupplier ticker, Random random) {}

  final ResiliencePolicy policy;
  final CircuitBreaker breaker;
  final @Nullable Bulkhead bulkhead;
  final @Nullable RateLimiter limiter;
  final RetryBudget budget;

  /** Whether attempts run on the thread that calls. */
  final boolean direct;

  private Terms(
      ResiliencePolicy policy,
      CircuitBreaker breaker,
      @Nullable Bulkhead bulkhead,
      @Nullable RateLimiter limiter,
      RetryBudget budget) {
    this.policy = policy;
    this.breaker = breaker;
    this.bulkhead = bulkhead;
    this.limiter = limiter;
    this.budget = budget;
    this.direct = policy.attemptTimeout().isEmpty()
        && policy.deadline().isEmpty()
        && policy.hedgeAfter().isEmpty();
  }

  static Terms of(ResiliencePolicy policy, Maker maker) {
    return new Terms(
        policy,
        breaker(policy, maker),
        bulkhead(policy, maker),
        limiter(policy, maker),
        new RetryBudget(policy.retryShare()));
  }

  /** Another policy; a part whose settings are the same stays, with all that it remembers. */
  Terms with(ResiliencePolicy next, Maker maker) {
    return new Terms(
        next,
        breakerSettings(next).equals(breakerSettings(policy)) ? breaker : breaker(next, maker),
        bulkheadSettings(next).equals(bulkheadSettings(policy)) ? bulkhead : bulkhead(next, maker),
        limiterSettings(next).equals(limiterSettings(policy)) ? limiter : limiter(next, maker),
        budget.withShare(next.retryShare()));
  }

  private static List<Object> breakerSettings(ResiliencePolicy policy) {
    return List.of(
        policy.breakerWindow(),
        policy.breakerMinimumCalls(),
        policy.breakerFailureShare(),
        policy.breakerSlowCall(),
        policy.breakerSlowShare(),
        policy.breakerOpen(),
        policy.breakerOpenJitter(),
        policy.breakerProbes());
  }

  private static List<Object> bulkheadSettings(ResiliencePolicy policy) {
    return List.of(policy.concurrent(), policy.concurrentWait());
  }

  private static List<Object> limiterSettings(ResiliencePolicy policy) {
    return List.of(policy.rateLimit(), policy.ratePeriod(), policy.rateWait());
  }

  private static CircuitBreaker breaker(ResiliencePolicy policy, Maker maker) {
    double open = policy.breakerOpen().toNanos() / (double) NANOS_PER_MILLI;
    return CircuitBreaker.of(
        maker.name(),
        CircuitBreakerConfig.custom()
            .clock(new TickerClock(maker.ticker()))
            .slidingWindow(
                policy.breakerWindow(), policy.breakerMinimumCalls(), SlidingWindowType.COUNT_BASED)
            .failureRateThreshold((float) (policy.breakerFailureShare() * PERCENT))
            .slowCallDurationThreshold(policy.breakerSlowCall())
            .slowCallRateThreshold((float) (policy.breakerSlowShare() * PERCENT))
            .waitIntervalFunctionInOpenState(opened -> Math.round(
                open * (1 + policy.breakerOpenJitter() * maker.random().nextDouble())))
            .permittedNumberOfCallsInHalfOpenState(policy.breakerProbes())
            .build());
  }

  private static @Nullable Bulkhead bulkhead(ResiliencePolicy policy, Maker maker) {
    Optional<Integer> places = policy.concurrent();
    if (places.isEmpty()) {
      return null;
    }
    return Bulkhead.of(
        maker.name(),
        BulkheadConfig.custom()
            .maxConcurrentCalls(places.get())
            .maxWaitDuration(policy.concurrentWait())
            .fairCallHandlingStrategyEnabled(!policy.concurrentWait().isZero())
            .build());
  }

  private static @Nullable RateLimiter limiter(ResiliencePolicy policy, Maker maker) {
    Optional<Integer> permits = policy.rateLimit();
    if (permits.isEmpty()) {
      return null;
    }
    RateLimiterConfig config = RateLimiterConfig.custom()
        .limitForPeriod(permits.get())
        .limitRefreshPeriod(policy.ratePeriod())
        .timeoutDuration(policy.rateWait())
        .build();
    LongSupplier ticker = maker.ticker();
    return new AtomicRateLimiter(maker.name(), config, ticker::getAsLong);
  }

  /** The pause before the attempt after so many, drawn evenly from zero to the doubled length. */
  Duration pauseAfter(int attempts, Random random) {
    long most =
        Math.min(policy.longestBackoff().toNanos(), policy.backoff().toNanos() << (attempts - 1));
    return Duration.ofNanos((long) (random.nextDouble() * most));
  }

  Optional<Integer> freePlaces() {
    return Optional.ofNullable(bulkhead)
        .map(places -> places.getMetrics().getAvailableConcurrentCalls());
  }

  /** A limiter that has promised permits of the next period owes them; that is none left. */
  Optional<Integer> freePermits() {
    return Optional.ofNullable(limiter)
        .map(permits -> Math.max(0, permits.getMetrics().getAvailablePermissions()));
  }

  BreakerState breakerState() {
    return switch (breaker.getState()) {
      case OPEN, FORCED_OPEN -> BreakerState.OPEN;
      case HALF_OPEN -> BreakerState.PROBING;
      case CLOSED, DISABLED, METRICS_ONLY -> BreakerState.CLOSED;
    };
  }
}

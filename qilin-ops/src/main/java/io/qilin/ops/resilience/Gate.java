package io.qilin.ops.resilience;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.error.ForeignError;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way in and out of a dependency: breaker, rate limit and places on the way in; on the way out the place is given back and the
 * breaker told. Safe for use by several threads: it remembers nothing itself.
 */
record Gate(String name, LongSupplier ticker, Pause pause, Tally tally) {
  /** Lets one attempt in, or says why not; what was taken on the way is given back then. */
  @Nullable
  Refusal enter(Terms terms) throws InterruptedException {
    if (!terms.breaker.tryAcquirePermission()) {
      tally.refusals.increment();
      return Refusal.OPEN;
    }
    Refusal refusal = Refusal.RATE;
    boolean in = false;
    try {
      RateLimiter limiter = terms.limiter;
      if (limiter == null || permitted(limiter)) {
        refusal = Refusal.FULL;
        in = placed(terms.bulkhead);
      }
    } finally {
      if (!in) {
        terms.breaker.releasePermission();
      }
    }
    if (in) {
      return null;
    }
    tally.refusals.increment();
    return refusal;
  }

  private boolean permitted(RateLimiter limiter) throws InterruptedException {
    long wait = limiter.reservePermission();
    if (wait > 0) {
      pause.pause(Duration.ofNanos(wait));
    }
    return wait >= 0;
  }

  private static boolean placed(@Nullable Bulkhead bulkhead) throws InterruptedException {
    if (bulkhead == null || bulkhead.tryAcquirePermission()) {
      return true;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while it waited for a place");
    }
    return false;
  }

  /**
   * One attempt on this thread.
   *
   * @throws QilinException the typed failure; an error goes through as it is
   */
  <T> T direct(Terms terms, Work<T> work, Wording wording) {
    try {
      return admitted(terms, work, wording);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private <T> T admitted(Terms terms, Work<T> work, Wording wording) throws InterruptedException {
    Refusal refusal = enter(terms);
    if (refusal != null) {
      throw refused(refusal, wording, null);
    }
    boolean probe = probes(terms);
    long begun = ticker.getAsLong();
    T answer;
    try {
      answer = work.attempt(Work.Link.NONE);
    } catch (InterruptedException e) {
      leave(terms);
      forgotten(terms, probe);
      throw e;
    } catch (Exception e) {
      leave(terms);
      QilinException error = typed(e, wording);
      failed(terms, probe, ticker.getAsLong() - begun, error);
      throw error;
    } catch (Error e) {
      leave(terms);
      against(terms, probe, ticker.getAsLong() - begun, e);
      throw e;
    }
    leave(terms);
    if (answer == null) {
      QilinException error = nothing(wording);
      failed(terms, probe, ticker.getAsLong() - begun, error);
      throw error;
    }
    wentWell(terms, probe, ticker.getAsLong() - begun);
    return answer;
  }

  /** The attempt has ended, well or not. */
  void leave(Terms terms) {
    Bulkhead bulkhead = terms.bulkhead;
    if (bulkhead != null) {
      bulkhead.onComplete();
    }
  }

  /** Whether an attempt that was just let in is a probe. */
  boolean probes(Terms terms) {
    return terms.breaker.getState() == CircuitBreaker.State.HALF_OPEN;
  }

  /** What began before the breaker opened says nothing about how the dependency is now: only probes decide. */
  private boolean outdated(Terms terms, boolean probe) {
    return !probe && probes(terms);
  }

  void wentWell(Terms terms, boolean probe, long nanos) {
    tally.latencies.add(nanos);
    if (!outdated(terms, probe)) {
      terms.breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** Tells the breaker of a failure that speaks against the dependency, and nothing of another. */
  void failed(Terms terms, boolean probe, long nanos, QilinException error) {
    if (FailureRules.counts(error)) {
      against(terms, probe, nanos, error);
    } else {
      forgotten(terms, probe);
    }
  }

  /** Anything that speaks against it: a failure, an attempt given up, an error of the virtual machine. */
  void against(Terms terms, boolean probe, long nanos, Throwable why) {
    tally.latencies.add(nanos);
    if (!outdated(terms, probe)) {
      terms.breaker.onError(nanos, TimeUnit.NANOSECONDS, why);
    }
  }

  /** The attempt is of no account: it was given up for another, or by the caller. */
  void forgotten(Terms terms, boolean probe) {
    if (!outdated(terms, probe)) {
      terms.breaker.releasePermission();
    }
  }

  QilinException typed(Exception thrown, Wording wording) {
    return ForeignError.typed(thrown, "'" + name + "'", wording.unknown());
  }

  QilinException refused(Refusal refusal, Wording wording, @Nullable Throwable cause) {
    return new RefusedException(name, refusal, wording, cause);
  }

  QilinException nothing(Wording wording) {
    return new QilinException(wording.unknown(), "'" + name + "' answered null");
  }

  /** The flag is set again, so that the caller's loops see it too. */
  QilinException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new QilinException(
        ErrorCode.CANCELLED, "the thread was interrupted that called '" + name + "'", e);
  }
}

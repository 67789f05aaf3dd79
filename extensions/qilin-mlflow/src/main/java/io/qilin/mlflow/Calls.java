package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Tries a call until it succeeds, its attempts are used up, or its time is over. */
final class Calls {
  private final int attempts;
  private final Duration attemptTime;
  private final LongSupplier nanos;
  private final Pause pause;
  /** Guarded by itself. */
  private final RandomGenerator random;

  Calls(
      int attempts, Duration attemptTime, LongSupplier nanos, Pause pause, RandomGenerator random) {
    this.attempts = attempts;
    this.attemptTime = attemptTime;
    this.nanos = nanos;
    this.pause = pause;
    this.random = random;
  }

  /** One attempt. */
  interface Attempt<T> {
    T run(long nanosLeft) throws CallFailure;
  }

  /** Tries what can be done twice without harm; each attempt has the time of an attempt. */
  <T> T safe(Duration time, Attempt<T> call) {
    return safe(time, attemptTime, call);
  }

  /** Tries what can be done twice without harm. */
  <T> T safe(Duration time, Duration each, Attempt<T> call) {
    long deadline = nanos.getAsLong() + time.toNanos();
    for (int failures = 0; ; failures++) {
      try {
        return call.run(Math.min(each.toNanos(), deadline - nanos.getAsLong()));
      } catch (CallFailure failure) {
        waitAfter(failure, failures, deadline);
      }
    }
  }

  /**
   * Tries what must not be done twice: after an attempt whose end is not known it is looked up before the next.
   *
   * @param made finds what an attempt made
   */
  <T> T once(Duration time, Attempt<T> create, Attempt<Optional<T>> made) {
    long deadline = nanos.getAsLong() + time.toNanos();
    boolean tried = false;
    for (int failures = 0; ; failures++) {
      try {
        if (tried) {
          Optional<T> found = made.run(left(deadline));
          if (found.isPresent()) {
            return found.get();
          }
        }
        tried = true;
        return create.run(left(deadline));
      } catch (CallFailure failure) {
        if (tried && failures > 0 && failure.error().code() == ErrorCode.CONFLICT) {
          // What an earlier attempt made may have appeared since it was looked for.
          Optional<T> found = safe(time, made);
          if (found.isPresent()) {
            return found.get();
          }
        }
        waitAfter(failure, failures, deadline);
      }
    }
  }

  private long left(long deadline) {
    return Math.min(attemptTime.toNanos(), deadline - nanos.getAsLong());
  }

  /** Waits until the next attempt, or throws what the last one died of. */
  private void waitAfter(CallFailure failure, int failures, long deadline) {
    if (!failure.mayTryAgain() || failures + 1 >= attempts) {
      throw failure.error();
    }
    long wait = failure.waitNanos().orElseGet(() -> RetryRule.ownWait(failures, nextRandom()));
    if (wait >= deadline - nanos.getAsLong()) {
      throw failure.error();
    }
    try {
      pause.await(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(
          ErrorCode.CANCELLED, "the thread was interrupted that waited for MLflow", e);
    }
  }

  private double nextRandom() {
    synchronized (random) {
      return random.nextDouble();
    }
  }
}

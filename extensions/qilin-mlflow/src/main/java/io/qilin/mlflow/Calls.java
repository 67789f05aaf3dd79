package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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
   * Tries what must not be done twice: after an attempt whose end is not known it is looked up before the next. An attempt has all
   * the time that is left, since the server may still end one that was given up.
   *
   * @param made finds what an attempt made
   */
  <T> T once(Duration time, Attempt<T> create, Supplier<Optional<T>> made) {
    long deadline = nanos.getAsLong() + time.toNanos();
    for (int failures = 0; ; failures++) {
      try {
        if (failures > 0) {
          Optional<T> found = made.get();
          if (found.isPresent()) {
            return found.get();
          }
        }
        return create.run(deadline - nanos.getAsLong());
      } catch (CallFailure failure) {
        ErrorCode code = failure.error().code();
        if (code == ErrorCode.TIMEOUT || (code == ErrorCode.CONFLICT && failures > 0)) {
          // It may have been made since it was looked for.
          Optional<T> found = lookAgain(made, failure.error());
          if (found.isPresent()) {
            return found.get();
          }
        }
        waitAfter(failure, failures, deadline);
      }
    }
  }

  private static <T> Optional<T> lookAgain(Supplier<Optional<T>> made, QilinException failure) {
    try {
      return made.get();
    } catch (QilinException e) {
      if (e.code() == ErrorCode.CANCELLED) {
        throw e;
      }
      failure.addSuppressed(e);
      return Optional.empty();
    }
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

package io.qilin.mlops.job;

import io.qilin.api.error.ErrorCode;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a service whose bodies may still run. */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private final Collection<Run> runs;
  private final Duration grace;

  Closing(Collection<Run> runs, Duration grace) {
    this.runs = runs;
    this.grace = grace;
  }

  /** Asks all to stop and waits until they have, or the grace is over. */
  void await() {
    runs.forEach(Run::stop);
    CompletableFuture<?>[] left = runs.stream().map(Run::left).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(left).get(grace.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      LOG.warn("a body does not heed that the job service is closed: its thread is lost", e);
    } catch (ExecutionException e) {
      LOG.warn("a body could not be waited for", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Of a body that did not end: it may still be busy, so the job is not begun elsewhere. */
  static Outcome outcome(Run run) {
    return run.cancelRequested()
        ? Outcome.CANCELLED
        : Outcome.failed(
            ErrorCode.TIMEOUT, "the job service was closed, and the body did not heed it in time");
  }

  /** Of a body that ended while the service was being closed. */
  static Outcome outcome(Run run, Outcome itself) {
    JobFailure failure = itself.failure();
    boolean stopped = failure != null
        && (failure.code() == ErrorCode.CANCELLED || failure.code() == ErrorCode.TRAINING_FAILED);
    if (!stopped) {
      return itself;
    }
    return run.claim().attempt() <= run.claim().request().restarts()
        ? Outcome.AGAIN
        : Outcome.failed(ErrorCode.CANCELLED, "the job service was closed while the job ran");
  }
}

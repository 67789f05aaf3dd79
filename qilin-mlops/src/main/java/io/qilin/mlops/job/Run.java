package io.qilin.mlops.job;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import io.qilin.mlops.internal.StoredText;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a body. It is settled once, by whoever is first: the body that ends, or the service that gives it up; what comes
 * later changes nothing. The thread is interrupted only while the body has it.
 */
final class Run implements Runnable {
  private static final int LONGEST_MESSAGE = 4_000;

  private final Claim claim;
  private final JobBody body;
  private final Notes notes;
  private final RunContext context;
  private final Cancellation cancellation = new Cancellation();
  private final long begun;
  private final BiConsumer<Run, Outcome> whenEnded;
  private final CompletableFuture<Boolean> left = new CompletableFuture<>();

  private final Object saving = new Object();

  /** All below is guarded by this. */
  private @Nullable Thread thread;

  private boolean entered;
  private boolean cancelRequested;
  private long cancelledAt;
  private boolean settled;
  private @Nullable Outcome unsaved;

  Run(
      Claim claim,
      JobBody body,
      Notes notes,
      Clock clock,
      long begun,
      BiConsumer<Run, Outcome> whenEnded) {
    this.claim = claim;
    this.body = body;
    this.notes = notes;
    this.begun = begun;
    this.whenEnded = whenEnded;
    context = new RunContext(claim, cancellation, notes, clock);
  }

  Claim claim() {
    return claim;
  }

  Notes notes() {
    return notes;
  }

  /** Held while something of the run is written: never by the body, which must not wait for the store. */
  Object saving() {
    return saving;
  }

  double progress() {
    return context.done();
  }

  /** Done when no thread is inside the body any more and none will be. */
  CompletableFuture<Boolean> left() {
    return left;
  }

  @Override
  public void run() {
    if (enter()) {
      Outcome outcome;
      try {
        outcome = call();
      } finally {
        leave();
      }
      whenEnded.accept(this, outcome);
    }
    left.complete(true);
  }

  /** The first to settle it; the outcome is to be saved then. */
  synchronized boolean settle(@Nullable Outcome outcome) {
    if (settled) {
      return false;
    }
    settled = true;
    unsaved = outcome;
    notes.close();
    return true;
  }

  /** Settles a run whose body no thread has taken up; none will then. */
  synchronized boolean withdraw() {
    return !entered && settle(null);
  }

  synchronized boolean isSettled() {
    return settled;
  }

  synchronized @Nullable Outcome unsaved() {
    return unsaved;
  }

  synchronized void saved() {
    unsaved = null;
  }

  /** Asks the body to stop; later calls change nothing. */
  synchronized void requestCancel(long now) {
    if (!cancelRequested) {
      cancelRequested = true;
      cancelledAt = now;
      cancellation.cancel();
    }
  }

  synchronized boolean cancelRequested() {
    return cancelRequested;
  }

  synchronized boolean ignoresCancel(long now, long graceNanos) {
    return cancelRequested && now - cancelledAt >= graceNanos;
  }

  boolean isLate(long now) {
    return now - begun >= claim.request().timeout().toNanos();
  }

  /** Asks the body to stop, by flag and by interrupt. */
  void stop() {
    cancellation.cancel();
    synchronized (this) {
      if (thread != null) {
        thread.interrupt();
      }
    }
  }

  private synchronized boolean enter() {
    if (settled) {
      return false;
    }
    entered = true;
    thread = Thread.currentThread();
    return true;
  }

  /** Whoever gave the thread gets it back without an interrupt that was meant for the body. */
  private synchronized void leave() {
    thread = null;
    Thread.interrupted();
  }

  private Outcome call() {
    try {
      Map<String, String> result = body.run(context);
      if (result == null) {
        return Outcome.failed(
            ErrorCode.TRAINING_FAILED, "the body gave null; give an empty map for no result");
      }
      return Outcome.succeeded(JobTexts.copy("a job's result", result));
    } catch (Throwable e) {
      return cancelRequested() ? Outcome.CANCELLED : failed(e);
    }
  }

  private static Outcome failed(Throwable e) {
    if (e instanceof QilinException known) {
      return Outcome.failed(known.code(), StoredText.message(known, LONGEST_MESSAGE));
    }
    ErrorCode code =
        e instanceof OutOfMemoryError ? ErrorCode.RESOURCE_EXHAUSTED : ErrorCode.TRAINING_FAILED;
    return Outcome.failed(
        code,
        "the body threw " + e.getClass().getName() + ": " + StoredText.message(e, LONGEST_MESSAGE));
  }
}

package io.qilin.data.stream;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for sinks that are away: tries again after pauses that double from 10 ms to 1 s, and ends the run when one has been
 * away for too long. Meanwhile no message is taken, so the sources hold what comes.
 */
final class SinkPatience {
  private static final long FIRST_NANOS = 10_000_000;
  private static final long MOST_NANOS = 1_000_000_000;

  /** The longest time for which neither a cancellation nor an interrupt is seen. */
  private static final long SLICE_NANOS = 100_000_000;

  private final long longestNanos;
  private final LongSupplier ticker;
  private final LongConsumer pause;
  private final Consumer<StreamSignal> signals;
  private @Nullable Cancellation cancellation;

  SinkPatience(PipelineSettings<?, ?> settings) {
    this.longestNanos = settings.outageNanos();
    this.ticker = settings.outageTicker();
    this.pause = settings.outagePause();
    this.signals = settings.signals();
  }

  /** Something that a sink takes part in. */
  @FunctionalInterface
  interface Attempt<R, X extends Exception> {
    R make() throws SinkAway, X;
  }

  /** Lets a host cancel the waiting; null for nobody. */
  void stopBy(@Nullable Cancellation host) {
    cancellation = host;
  }

  /**
   * Makes an attempt until no sink is away.
   *
   * @throws QilinException what the sink said last, with the time, if it was away for too long; CANCELLED if the host cancels
   *     or interrupts the thread meanwhile
   * @throws X what else the attempt throws
   */
  <R, X extends Exception> R call(Attempt<R, X> attempt) throws X {
    long begun = 0;
    long paused = 0;
    long next = FIRST_NANOS;
    for (int times = 1; ; times++) {
      SinkAway away;
      try {
        return attempt.make();
      } catch (SinkAway e) {
        away = e;
      }
      long now = ticker.getAsLong();
      begun = times == 1 ? now : begun;
      long waited = Math.max(paused, now - begun);
      if (waited >= longestNanos) {
        throw longestNanos == 0 ? away.failure() : ended(away, waited);
      }
      signals.accept(new StreamSignal.SinkFailure(
          away.sink(), times, String.valueOf(away.failure().getMessage())));
      long length = Math.min(next, longestNanos - waited);
      pause(length, away);
      paused += length;
      next = Math.min(2 * next, MOST_NANOS);
    }
  }

  private void pause(long nanos, SinkAway away) {
    for (long left = nanos; left > 0; left -= SLICE_NANOS) {
      requireGoing(away);
      pause.accept(Math.min(left, SLICE_NANOS));
    }
    requireGoing(away);
  }

  private void requireGoing(SinkAway away) {
    Cancellation host = cancellation;
    boolean interrupted = Thread.currentThread().isInterrupted();
    if (interrupted || (host != null && host.isCancelled())) {
      throw new QilinException(
          ErrorCode.CANCELLED,
          (interrupted ? "the thread of the stream was interrupted" : "the host cancelled")
              + " while " + away.sink() + " was away, so no checkpoint was made; build another"
              + " pipeline over the last one: " + away.failure().getMessage(),
          away.failure());
    }
  }

  private static QilinException ended(SinkAway away, long nanos) {
    return new QilinException(
        away.failure().code(),
        away.sink() + " has been away for " + Duration.ofNanos(nanos)
            + "; nothing was set aside for it, and the last checkpoint stands: when the sink is back"
            + " build another pipeline over it, or wait longer by sinkOutage: "
            + away.failure().getMessage(),
        away.failure());
  }
}

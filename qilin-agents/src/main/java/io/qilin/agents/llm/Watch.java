package io.qilin.agents.llm;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The end of one call: its time, its caller's wish, or the closing of the client, whichever comes first. */
final class Watch {
  /** How long a wait goes on without a look at the caller's wish. */
  static final long SLICE = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long LONGEST = TimeUnit.DAYS.toNanos(365);

  private final LongSupplier ticker;
  private final long deadline;
  private final Duration time;
  private final Cancellation cancellation;
  private final CountDownLatch closed;
  private final String model;

  Watch(
      String model,
      LongSupplier ticker,
      Duration time,
      Cancellation cancellation,
      CountDownLatch closed) {
    this.model = model;
    this.ticker = ticker;
    this.time = time;
    this.cancellation = cancellation;
    this.closed = closed;
    this.deadline = ticker.getAsLong() + nanos(time);
  }

  static long nanos(Duration time) {
    return time.compareTo(Duration.ofNanos(LONGEST)) >= 0 ? LONGEST : time.toNanos();
  }

  long now() {
    return ticker.getAsLong();
  }

  /** Nanoseconds left, perhaps none or fewer. */
  long left() {
    return deadline - ticker.getAsLong();
  }

  /**
   * Ends the call if it should end.
   *
   * @throws QilinException CANCELLED, LLM_UNAVAILABLE if the client was closed, LLM_TIMEOUT
   */
  void check() {
    cancellation.check();
    if (closed.getCount() == 0) {
      throw closed();
    }
    if (left() <= 0) {
      throw new QilinException(
          ErrorCode.LLM_TIMEOUT,
          model + " did not answer within " + time
              + "; give it more time, or let a router ask another provider");
    }
  }

  private QilinException closed() {
    return new QilinException(
        ErrorCode.LLM_UNAVAILABLE, "the client of " + model + " was closed; open another");
  }

  /** Waits, in slices, as long as the call goes on. */
  void pause(Pause pause, long nanos) throws InterruptedException {
    long until = now() + nanos;
    for (long rest = nanos; rest > 0; rest = until - now()) {
      check();
      if (pause.await(closed, Math.min(rest, SLICE))) {
        throw closed();
      }
    }
  }
}
